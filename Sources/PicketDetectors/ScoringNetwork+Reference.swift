import Foundation
import PicketNN

extension ScoringNetwork {
  /// The score of one row in double precision: what a fast scorer is tested against.
  ///
  /// - Parameter input: `inputs` numbers.
  /// - Returns: The score; larger is more anomalous.
  public func referenceScore(_ input: [Float]) -> Double {
    let x = input.map(Double.init)
    let code = Self.run(encoder, x)
    switch score {
    case .mahalanobis(let mean, let covariance):
      guard let gaussian = LatentGaussian(mean: mean, covariance: covariance) else { return .nan }
      return gaussian.distance(to: code)
    case .reconstruction:
      return reconstruction(x, from: code)
    case .reconstructionAndKL(let alpha, let beta):
      let (mean, logVariance) = (code.prefix(latentSize), code.dropFirst(latentSize))
      let divergence = zip(mean, logVariance).reduce(0) {
        $0 + 0.5 * ($1.0 * $1.0 + exp($1.1) - 1 - $1.1)
      }
      return alpha * reconstruction(x, from: Array(mean)) + beta * divergence
    }
  }

  private func reconstruction(_ x: [Double], from code: [Double]) -> Double {
    let squares = zip(x, Self.run(decoder, code)).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    return squares / Double(x.count)
  }

  private static func run(_ layers: [DenseParameters], _ input: [Double]) -> [Double] {
    layers.reduce(input) { values, layer in
      var sums = layer.bias.map(Double.init)
      for (i, value) in values.enumerated() where value != 0 {
        let weights = layer.weights[i * layer.outputs..<(i + 1) * layer.outputs]
        for (o, weight) in weights.enumerated() { sums[o] += value * Double(weight) }
      }
      return sums.map { apply(layer.activation, $0) }
    }
  }

  private static func apply(_ activation: Activation, _ s: Double) -> Double {
    switch activation {
    case .linear: s
    case .relu: s > 0 ? s : 0
    case .leakyReLU(let slope): s > 0 ? s : Double(slope) * s
    case .tanh: Foundation.tanh(s)
    case .sigmoid: 1 / (1 + exp(-s))
    }
  }
}
