/// Squared error between a reconstruction and what it should be.
///
/// ```
/// L = w sum_i (y_i - x_i)^2        dL/dy_i = 2 w (y_i - x_i)
/// ```
///
/// The negative logarithm of a Gaussian likelihood with fixed variance, up to a factor and a
/// constant (document "Semi-Supervised Anomaly Detection by Variational Autoencoder", equation 1).
public enum SquaredError {
  /// The loss and its gradient.
  ///
  /// - Parameters:
  ///   - output: y, any shape.
  ///   - target: x, same shape.
  ///   - weight: w; one over the number of elements makes the loss their mean.
  ///   - gradient: Receives dL/dy, same shape.
  /// - Returns: L.
  public static func evaluate(
    output: MatrixView, target: MatrixView, weight: Float, gradient: MatrixView
  ) -> Double {
    assert(output.count == target.count && output.count == gradient.count)
    let (y, x, g) = (output.base, target.base, gradient.base)
    for index in 0..<output.count {
      let difference = y[index] - x[index]
      g[index] = difference * difference
    }
    let loss = Double(weight) * sum(gradient)
    for index in 0..<output.count { g[index] = 2 * weight * (y[index] - x[index]) }
    return loss
  }
}
