import PicketNN

/// One layer of a scoring network.
public enum ScoringLayer: Sendable, Codable, Equatable {
  /// Every output from every input.
  case dense(DenseParameters)
  /// Each output from a window of the input, or the reverse.
  case convolution(ConvolutionParameters)

  /// Numbers that it reads.
  public var inputs: Int {
    switch self {
    case .dense(let layer): layer.inputs
    case .convolution(let layer): layer.geometry.input.count
    }
  }

  /// Numbers that it writes.
  public var outputs: Int {
    switch self {
    case .dense(let layer): layer.outputs
    case .convolution(let layer): layer.geometry.output.count
    }
  }
}

extension ScoringLayer {
  /// Copies the layers of a trained network.
  static func layers(of network: Perceptron) -> [ScoringLayer] {
    network.layers.map { layer in
      switch layer {
      case .dense(let layer):
        .dense(
          DenseParameters(
            inputs: layer.inputs, outputs: layer.outputs, weights: layer.weights.elements,
            bias: layer.bias.elements, activation: layer.activation))
      case .convolution(let layer):
        .convolution(
          ConvolutionParameters(
            geometry: layer.geometry, weights: layer.kernel, bias: layer.bias.elements,
            activation: layer.activation))
      }
    }
  }
}
