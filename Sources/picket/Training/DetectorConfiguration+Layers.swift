import PicketExport
import PicketNN

extension DetectorConfiguration {
  /// The layers that the model file will hold, encoder and decoder.
  ///
  /// - Returns: Nil where rows are too short for the convolutions, which the training tells.
  func layers(inputs: Int) -> [ModelOutline.Layer]? {
    let stack = ConvolutionStack(
      .init(height: 1, width: inputs, channels: 1), channels: channels)
    guard channels.isEmpty || stack != nil else { return nil }
    func dense(_ widths: [Int]) -> [Perceptron.Shape] {
      widths.map { .init(outputs: $0, activation: .linear) }
    }
    let encoder =
      stack?.encoder(outputs: codeSize, activation: .linear) ?? dense(hidden + [codeSize])
    let decoder = decoderHidden.map { hidden in
      stack?.decoder(activation: .linear, outputActivation: .linear) ?? dense(hidden + [inputs])
    }
    return Self.chain(encoder, inputs: inputs) + Self.chain(decoder ?? [], inputs: latentSize)
  }

  /// What the sizes of its layers were chosen by, for messages.
  var sizes: String {
    let (name, widths) = channels.isEmpty ? ("hidden", hidden) : ("channels", channels)
    return "--\(name) \(widths.map(String.init).joined(separator: ","))"
  }

  /// The channels of convolutions; empty for dense layers.
  var channels: [Int] {
    switch self {
    case .anoEAN(let configuration): configuration.convolutionChannels
    case .vae(let configuration): configuration.convolutionChannels
    case .distilled: []
    }
  }

  /// The function of hidden layers.
  var activation: Activation {
    switch self {
    case .anoEAN(let configuration): configuration.activation
    case .vae(let configuration): configuration.activation
    case .distilled: .relu
    }
  }

  private var latentSize: Int {
    switch self {
    case .anoEAN(let configuration): configuration.latentSize
    case .vae(let configuration): configuration.latentSize
    case .distilled: 1
    }
  }

  /// Numbers that the encoder writes.
  private var codeSize: Int {
    guard case .vae(let configuration) = self, configuration.score == .reconstructionAndKL else {
      return latentSize
    }
    return 2 * latentSize
  }

  /// The hidden layers of the decoder; nil where the score needs none.
  private var decoderHidden: [Int]? {
    guard case .vae(let configuration) = self, configuration.score != .latentMahalanobis else {
      return nil
    }
    return configuration.decoderHidden
  }

  private static func chain(_ shapes: [Perceptron.Shape], inputs: Int) -> [ModelOutline.Layer] {
    var inputs = inputs
    return shapes.map { shape in
      defer { inputs = shape.outputs }
      return (inputs, shape)
    }
  }
}
