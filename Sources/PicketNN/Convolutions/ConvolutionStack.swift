/// Convolutions that halve an image again and again, and the transposed ones that undo it.
///
/// Kernel 4, stride 2, padding 1: an even side of n becomes n / 2, an odd one (n - 1) / 2. An image
/// of height 1 is a sequence: its kernel, stride and padding are of one dimension.
public struct ConvolutionStack: Sendable, Codable, Hashable {
  /// The encoder's layers, from the image on.
  public let geometries: [ConvolutionGeometry]

  /// The last and smallest image.
  public var code: ConvolutionGeometry.ImageSize { geometries[geometries.count - 1].output }

  /// Lays out a layer for each count of channels.
  ///
  /// - Returns: Nil when there is no layer, or when an image is too small to be halved.
  public init?(_ image: ConvolutionGeometry.ImageSize, channels: [Int]) {
    var geometries: [ConvolutionGeometry] = []
    var input = image
    let isSequence = image.height == 1
    for count in channels {
      let output = ConvolutionGeometry.ImageSize(
        height: isSequence ? 1 : input.height / 2, width: input.width / 2, channels: count)
      guard output.count > 0 else { return nil }
      geometries.append(
        ConvolutionGeometry(
          isTransposed: false, input: input, output: output,
          kernelHeight: isSequence ? 1 : 4, kernelWidth: 4, strideHeight: isSequence ? 1 : 2,
          strideWidth: 2, paddingTop: isSequence ? 0 : 1, paddingLeft: 1))
      input = output
    }
    guard !geometries.isEmpty else { return nil }
    self.geometries = geometries
  }

  /// The convolutions, then a dense layer of `outputs` linear sums.
  public func encoder(outputs: Int, activation: Activation) -> [Perceptron.Shape] {
    geometries.map { .init($0, activation: activation) }
      + [.init(outputs: outputs, activation: .linear)]
  }

  /// A dense layer of as many numbers as the last image has, then the convolutions transposed.
  ///
  /// - Parameters:
  ///   - activation: The function of all layers but the last.
  ///   - outputActivation: The function of the last, which writes the image.
  public func decoder(
    activation: Activation, outputActivation: Activation
  ) -> [Perceptron.Shape] {
    let transposed = geometries.reversed().enumerated().map { index, geometry in
      let isLast = index == geometries.count - 1
      return Perceptron.Shape(
        geometry.transposed, activation: isLast ? outputActivation : activation)
    }
    return [.init(outputs: code.count, activation: activation)] + transposed
  }
}

extension ConvolutionGeometry {
  /// The layer with the same windows that goes the other way.
  public var transposed: ConvolutionGeometry {
    var geometry = self
    geometry.isTransposed.toggle()
    (geometry.input, geometry.output) = (output, input)
    return geometry
  }
}
