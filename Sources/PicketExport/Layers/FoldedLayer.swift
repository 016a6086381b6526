import Foundation
import PicketDetectors
import PicketNN

/// A layer as the file stores it, with everything folded in that can be.
struct FoldedLayer {
  /// Rows of W: of a convolution, the inputs of a window.
  var inputs: Int
  /// Columns of W: of a convolution, its output channels.
  var outputs: Int
  var weights: [Float]
  var bias: [Float]
  var activation: Activation
  /// The shape of a convolution; nil of a dense layer.
  var geometry: ConvolutionGeometry?

  init(_ layer: ScoringLayer) {
    switch layer {
    case .dense(let layer):
      (inputs, outputs) = (layer.inputs, layer.outputs)
      (weights, bias, activation) = (layer.weights, layer.bias, layer.activation)
    case .convolution(let layer):
      let shape = layer.geometry
      inputs = shape.kernelHeight * shape.kernelWidth * shape.input.channels
      outputs = shape.output.channels
      (weights, bias, activation) = (layer.weights, layer.bias, layer.activation)
      geometry = shape
    }
  }

  /// The layers of a network, the whitening of its Mahalanobis distance in the last one.
  static func encoder(of network: ScoringNetwork) throws(ExportError) -> [FoldedLayer] {
    var layers = network.encoder.map { FoldedLayer($0) }
    guard case .mahalanobis(let mean, let covariance) = network.score else { return layers }
    guard let gaussian = LatentGaussian(mean: mean, covariance: covariance) else {
      throw ExportError("the covariance of the latent codes is not positive definite")
    }
    guard layers[layers.count - 1].outputs == gaussian.size else {
      throw ExportError(
        "the encoder ends in a convolution of several pixels, into which the distance cannot be "
          + "folded: end it with a dense layer")
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
