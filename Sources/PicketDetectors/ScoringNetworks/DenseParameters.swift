import PicketNN

/// The trained numbers of one dense layer: y = f(W^T x + b).
public struct DenseParameters: Sendable, Codable, Equatable {
  /// Length of x.
  public let inputs: Int
  /// Length of y.
  public let outputs: Int
  /// W, stored by input: `weights[i * outputs + o]` joins input i to output o.
  public let weights: [Float]
  /// b, one number an output.
  public let bias: [Float]
  /// f.
  public let activation: Activation

  /// Gathers a layer's numbers.
  ///
  /// - Precondition: `weights` has inputs * outputs numbers and `bias` has `outputs`.
  public init(
    inputs: Int, outputs: Int, weights: [Float], bias: [Float], activation: Activation
  ) {
    precondition(weights.count == inputs * outputs, "weights are inputs * outputs numbers")
    precondition(bias.count == outputs, "a bias for each output")
    self.inputs = inputs
    self.outputs = outputs
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }
}

extension DenseParameters {
  /// The layer cut down to its first outputs.
  func firstOutputs(_ count: Int) -> DenseParameters {
    DenseParameters(
      inputs: inputs, outputs: count,
      weights: (0..<inputs).flatMap { weights[$0 * outputs..<$0 * outputs + count] },
      bias: Array(bias.prefix(count)), activation: activation)
  }
}
