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
    let fault = Self.fault(inputs, outputs, weights: weights.count, bias: bias.count)
    precondition(fault == nil, fault ?? "")
    self.inputs = inputs
    self.outputs = outputs
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }
}

extension DenseParameters {
  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError` when the numbers are not as many as the sizes ask for.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    inputs = try container.decode(Int.self, forKey: .inputs)
    outputs = try container.decode(Int.self, forKey: .outputs)
    weights = try container.decode([Float].self, forKey: .weights)
    bias = try container.decode([Float].self, forKey: .bias)
    activation = try container.decode(Activation.self, forKey: .activation)
    try decoder.refuse(Self.fault(inputs, outputs, weights: weights.count, bias: bias.count))
  }

  /// What is wrong with sizes and counts; nil when they fit together.
  private static func fault(_ inputs: Int, _ outputs: Int, weights: Int, bias: Int) -> String? {
    guard inputs > 0, outputs > 0 else {
      return
        "a dense layer of \(inputs) inputs and \(outputs) outputs; at least 1 of each is expected"
    }
    let (wanted, isTooMany) = inputs.multipliedReportingOverflow(by: outputs)
    guard !isTooMany, weights == wanted, bias == outputs else {
      return "\(weights) weights and \(bias) biases in a dense layer of \(inputs) inputs and "
        + "\(outputs) outputs; a weight for each pair and a bias for each output are expected"
    }
    return nil
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
