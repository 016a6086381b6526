import Foundation
import PicketDetectors
import PicketNN

/// A dense layer as the file stores it, with everything folded in that can be.
struct FoldedLayer {
  var inputs: Int
  var outputs: Int
  var weights: [Float]
  var bias: [Float]
  var activation: Activation

  init(_ layer: ScoringLayer) throws(ExportError) {
    guard case .dense(let layer) = layer else {
      throw ExportError("a convolution cannot be written yet; choose a detector of dense layers")
    }
    inputs = layer.inputs
    outputs = layer.outputs
    weights = layer.weights
    bias = layer.bias
    activation = layer.activation
  }

  /// The layers of a network, the whitening of its Mahalanobis distance in the last one.
  static func encoder(of network: ScoringNetwork) throws(ExportError) -> [FoldedLayer] {
    var layers: [FoldedLayer] = []
    for layer in network.encoder { layers.append(try FoldedLayer(layer)) }
    guard case .mahalanobis(let mean, let covariance) = network.score else { return layers }
    guard let gaussian = LatentGaussian(mean: mean, covariance: covariance) else {
      throw ExportError("the covariance of the latent codes is not positive definite")
    }
    layers[layers.count - 1].whiten(by: gaussian)
    return layers
  }

  /// Replaces z = x W + b by C⁻¹ (z - μ) with C Cᵀ = Σ: its length is the Mahalanobis distance.
  private mutating func whiten(by gaussian: LatentGaussian) {
    for row in 0..<inputs {
      let start = row * outputs
      let whitened = gaussian.solve(weights[start..<start + outputs].map(Double.init))
      weights.replaceSubrange(start..<start + outputs, with: whitened.map { Float($0) })
    }
    let centred = zip(bias, gaussian.mean).map { Double($0) - $1 }
    bias = gaussian.solve(centred).map { Float($0) }
  }
}

extension Activation {
  /// The activation's number in the file, and its slope.
  var number: (UInt32, slope: Float) {
    switch self {
    case .linear: (0, 0)
    case .relu: (1, 0)
    case .leakyReLU(let slope): (2, slope)
    case .tanh: (3, 0)
    case .sigmoid: (4, 0)
    }
  }
}

extension Activation {
  /// The function itself.
  func value(_ x: Float) -> Float {
    switch self {
    case .linear: x
    case .relu: max(x, 0)
    case .leakyReLU(let slope): x < 0 ? x * slope : x
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + Foundation.exp(-x))
    }
  }
}

extension LatentGaussian {
  /// C⁻¹ v by forward substitution, C the lower Cholesky factor of the covariance.
  func solve(_ v: [Double]) -> [Double] {
    var solved = v
    for row in 0..<size {
      for k in 0..<row { solved[row] -= factor[row * size + k] * solved[k] }
      solved[row] /= factor[row * size + row]
    }
    return solved
  }
}
