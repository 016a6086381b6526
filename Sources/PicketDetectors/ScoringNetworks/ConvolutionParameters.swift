import PicketNN

/// The trained numbers of one convolution or transposed convolution: y = f(W * x + b).
public struct ConvolutionParameters: Sendable, Codable, Equatable {
  /// The shapes of x, y and W.
  public let geometry: ConvolutionGeometry
  /// W, as `ConvolutionGeometry` says.
  public let weights: [Float]
  /// b, one number an output channel.
  public let bias: [Float]
  /// f.
  public let activation: Activation

  /// Gathers a layer's numbers.
  ///
  /// - Precondition: `weights` and `bias` have as many numbers as the geometry asks for.
  public init(
    geometry: ConvolutionGeometry, weights: [Float], bias: [Float], activation: Activation
  ) {
    let fault = Self.fault(geometry, weights: weights.count, bias: bias.count)
    precondition(fault == nil, fault ?? "")
    self.geometry = geometry
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }
}

extension ConvolutionParameters {
  /// The most that a size of images, kernels and strides may be: no product of them leaves an Int.
  private static let mostSize = 8_192

  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError` when a size cannot be, or the numbers are not as many as they ask for.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    geometry = try container.decode(ConvolutionGeometry.self, forKey: .geometry)
    weights = try container.decode([Float].self, forKey: .weights)
    bias = try container.decode([Float].self, forKey: .bias)
    activation = try container.decode(Activation.self, forKey: .activation)
    try decoder.refuse(Self.fault(geometry, weights: weights.count, bias: bias.count))
  }

  /// What is wrong with sizes and counts; nil when they fit together.
  private static func fault(
    _ geometry: ConvolutionGeometry, weights: Int, bias: Int
  ) -> String? {
    let sizes =
      [geometry.input, geometry.output].flatMap { [$0.height, $0.width, $0.channels] } + [
        geometry.kernelHeight, geometry.kernelWidth, geometry.strideHeight, geometry.strideWidth,
      ]
    let paddings = [geometry.paddingTop, geometry.paddingLeft]
    guard sizes.allSatisfy((1...mostSize).contains), paddings.allSatisfy((0..<mostSize).contains)
    else {
      return
        "a convolution of the sizes \(sizes) and the paddings \(paddings); 1 to \(mostSize), and "
        + "0 to \(mostSize - 1), are expected"
    }
    guard weights == geometry.weightCount, bias == geometry.output.channels else {
      return "\(weights) weights and \(bias) biases in a convolution; \(geometry.weightCount) and "
        + "\(geometry.output.channels) are expected"
    }
    return nil
  }
}
