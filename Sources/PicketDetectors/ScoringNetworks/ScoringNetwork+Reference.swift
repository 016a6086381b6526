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
    let output = decoder.isEmpty ? x : Self.run(decoder, Array(code.prefix(latentSize)))
    return score(
      code: code, squaredError: zip(x, output).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
  }

  /// The score of what the networks gave.
  ///
  /// - Parameters:
  ///   - code: The encoder's output.
  ///   - squaredError: The sum over inputs of (x - decoder(z))^2; looked at by a reconstruction alone.
  func score(code: [Double], squaredError: Double) -> Double {
    switch score {
    case .mahalanobis(let mean, let covariance):
      guard let gaussian = LatentGaussian(mean: mean, covariance: covariance) else { return .nan }
      return gaussian.distance(to: code)
    case .reconstruction:
      return squaredError / Double(inputs)
    case .reconstructionAndKL(let alpha, let beta):
      let (mean, logVariance) = (code.prefix(latentSize), code.dropFirst(latentSize))
      let divergence = zip(mean, logVariance).reduce(0) {
        $0 + 0.5 * ($1.0 * $1.0 + exp($1.1) - 1 - $1.1)
      }
      return alpha * squaredError / Double(inputs) + beta * divergence
    case .output:
      return code[0]
    }
  }

  /// The code of one row in double precision: z, or its mean where the encoder gives a variance too.
  public func referenceCode(_ input: [Float]) -> [Double] {
    Array(Self.run(encoder, input.map(Double.init)).prefix(latentSize))
  }

  private static func run(_ layers: [ScoringLayer], _ input: [Double]) -> [Double] {
    layers.reduce(input) { values, layer in
      switch layer {
      case .dense(let layer): run(layer, values)
      case .convolution(let layer): run(layer, values)
      }
    }
  }

  private static func run(_ layer: DenseParameters, _ values: [Double]) -> [Double] {
    var sums = layer.bias.map(Double.init)
    for (i, value) in values.enumerated() where value != 0 {
      let weights = layer.weights[i * layer.outputs..<(i + 1) * layer.outputs]
      for (o, weight) in weights.enumerated() { sums[o] += value * Double(weight) }
    }
    return sums.map { apply(layer.activation, $0) }
  }

  /// Every pair of a number of the narrow image and a place of the kernel, by the definition.
  private static func run(_ layer: ConvolutionParameters, _ values: [Double]) -> [Double] {
    let shape = layer.geometry
    let (input, output) = (shape.input, shape.output)
    // A transposed convolution is a convolution read backwards: its input is the narrow image.
    let (narrow, wide) = shape.isTransposed ? (input, output) : (output, input)
    var sums = (0..<output.count).map { Double(layer.bias[$0 % output.channels]) }
    for y in 0..<narrow.height {
      for x in 0..<narrow.width {
        for kernelY in 0..<shape.kernelHeight {
          for kernelX in 0..<shape.kernelWidth {
            let wideY = y * shape.strideHeight + kernelY - shape.paddingTop
            let wideX = x * shape.strideWidth + kernelX - shape.paddingLeft
            guard wideY >= 0, wideY < wide.height, wideX >= 0, wideX < wide.width else { continue }
            let (narrowPixel, widePixel) = (y * narrow.width + x, wideY * wide.width + wideX)
            let from = (shape.isTransposed ? narrowPixel : widePixel) * input.channels
            let to = (shape.isTransposed ? widePixel : narrowPixel) * output.channels
            let kernel = (kernelY * shape.kernelWidth + kernelX) * input.channels
            for i in 0..<input.channels {
              for o in 0..<output.channels {
                let weight = layer.weights[(kernel + i) * output.channels + o]
                sums[to + o] += values[from + i] * Double(weight)
              }
            }
          }
        }
      }
    }
    return sums.map { apply(layer.activation, $0) }
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
