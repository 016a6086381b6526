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
    precondition(weights.count == geometry.weightCount, "weights as the geometry says")
    precondition(bias.count == geometry.output.channels, "a bias for each output channel")
    self.geometry = geometry
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }
}
