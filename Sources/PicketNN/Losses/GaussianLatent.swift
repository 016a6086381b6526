/// The latent layer of a variational autoencoder: N(mu, diag(e^logvar)) for each row.
///
/// A row of the encoder's output holds [mu | logvar], 2 d numbers.
public enum GaussianLatent {
  /// z = mu + e^(logvar / 2) * noise: the reparameterisation (equation 5 of the VAE document).
  ///
  /// - Parameters:
  ///   - code: [mu | logvar], m x 2 d.
  ///   - noise: Numbers of N(0, 1), m x d; replaced by e^(logvar / 2) * noise, which is what
  ///     `addSampleGradient` needs of it.
  ///   - sample: Receives z, m x d.
  public static func sample(code: MatrixView, noise: MatrixView, into sample: MatrixView) {
    let size = sample.columns
    assert(code.columns == 2 * size && noise.count == sample.count && code.rows == sample.rows)
    for row in 0..<sample.rows {
      let (mean, logVariance) = (code.base + row * 2 * size, code.base + row * 2 * size + size)
      let (scaled, z) = (noise.base + row * size, sample.base + row * size)
      for index in 0..<size {
        let deviation = VectorMath.exp(0.5 * logVariance[index])
        scaled[index] *= deviation
        z[index] = mean[index] + scaled[index]
      }
    }
  }

  /// The divergence from N(0, I), and its gradient.
  ///
  /// ```
  /// L = w sum 1/2 (mu^2 + e^logvar - 1 - logvar)
  /// dL/dmu = w mu        dL/dlogvar = w/2 (e^logvar - 1)
  /// ```
  ///
  /// - Parameters:
  ///   - code: [mu | logvar], m x 2 d.
  ///   - weight: w; beta over the number of rows in the loss of a beta-VAE (equation 6).
  ///   - gradient: Receives dL/d[mu | logvar], m x 2 d.
  /// - Returns: L, in nats.
  public static func divergence(
    code: MatrixView, weight: Float, gradient: MatrixView
  ) -> Double {
    let size = code.columns / 2
    assert(code.columns == 2 * size && gradient.count == code.count)
    for row in 0..<code.rows {
      let (mean, logVariance) = (code.base + row * 2 * size, code.base + row * 2 * size + size)
      let target = gradient.base + row * 2 * size
      for index in 0..<size {
        let variance = VectorMath.exp(logVariance[index])
        target[index] = 0.5 * (mean[index] * mean[index])
        target[size + index] = 0.5 * (variance - 1 - logVariance[index])
      }
    }
    let loss = Double(weight) * sum(gradient)
    for row in 0..<code.rows {
      let (mean, logVariance) = (code.base + row * 2 * size, code.base + row * 2 * size + size)
      let target = gradient.base + row * 2 * size
      for index in 0..<size {
        target[index] = weight * mean[index]
        target[size + index] = 0.5 * weight * (VectorMath.exp(logVariance[index]) - 1)
      }
    }
    return loss
  }

  /// Adds what the sample's gradient says of mu and logvar.
  ///
  /// dL/dmu += dL/dz and dL/dlogvar += dL/dz * 1/2 e^(logvar / 2) * noise.
  ///
  /// - Parameters:
  ///   - sampleGradient: dL/dz, m x d.
  ///   - scaledNoise: What `sample` left in `noise`, m x d.
  ///   - gradient: dL/d[mu | logvar] so far, m x 2 d; added to.
  public static func addSampleGradient(
    _ sampleGradient: MatrixView, scaledNoise: MatrixView, to gradient: MatrixView
  ) {
    let size = sampleGradient.columns
    assert(gradient.columns == 2 * size && scaledNoise.count == sampleGradient.count)
    for row in 0..<sampleGradient.rows {
      let (dz, scaled) = (sampleGradient.base + row * size, scaledNoise.base + row * size)
      let target = gradient.base + row * 2 * size
      for index in 0..<size {
        target[index] += dz[index]
        target[size + index] += 0.5 * dz[index] * scaled[index]
      }
    }
  }
}
