import PicketNN

/// Makes layers of floats into layers of integer arithmetic.
///
/// Weights are symmetric bytes with a scale for each output. What goes between layers has 7 bits, so
/// that two products fit into 16; what a half of the network starts from has 14 bits, because inputs
/// of heavy-tailed numbers are small. The ranges are those that sample rows reach.
struct IntegerPlan {
  /// The layers of one half of a network: encoder or decoder.
  private(set) var layers: [StoredLayer] = []
  /// What the last layer gives for each sample row, in floats.
  private(set) var outputs: [[Float]]

  /// Plans a half.
  ///
  /// - Parameters:
  ///   - half: Its layers; all but the last with ReLU.
  ///   - firstIndex: The number of its first layer in the network, for messages.
  ///   - samples: Inputs of the first layer, of rows such as will be scored.
  init(_ half: [FoldedLayer], firstIndex: Int, samples: [[Float]]) throws(ExportError) {
    outputs = samples
    var inputStep: Double = 0  // what an integer input of 1 stands for
    var inputOrder = UnitOrder(kept: half.first?.inputs ?? 0)
    for (index, layer) in half.enumerated() {
      let isLast = index == half.count - 1
      guard isLast || layer.activation == .relu else {
        throw ExportError(
          "layer \(firstIndex + index + 1) is not ReLU: integer arithmetic passes only ReLU on; "
            + "export as int8, or train with --activation relu")
      }
      let input = index == 0 ? Self.input(for: samples) : nil
      if let input { inputStep = 1 / Double(input.scale) }
      outputs = outputs.map { layer.run($0) }
      let outputStep =
        isLast ? nil : IntegerStep.best(for: outputs, before: Array(half.dropFirst(index + 1)))
      // The outputs stay as they were: ranges, which are of floats, would feel another order.
      let order = outputStep.map { UnitOrder(outputs, step: $0) } ?? UnitOrder(kept: layer.outputs)
      layers.append(
        try Self.layer(
          layer.ordered(inputs: inputOrder, outputs: order), index: firstIndex + index,
          input: input, inputStep: inputStep, outputStep: outputStep))
      (inputStep, inputOrder) = (outputStep ?? 0, order)
    }
  }

  /// How inputs become integers: from 0 if none is negative, else around the middle.
  private static func input(for samples: [[Float]]) -> IntegerNumbers.Input {
    let most = 16_383
    let lowest = samples.joined().min() ?? 0
    let highest = samples.joined().max() ?? 1
    if lowest >= 0 {
      return IntegerNumbers.Input(
        scale: Float(most) / max(highest, .leastNormalMagnitude), zero: 0, max: most)
    }
    let reach = max(highest, -lowest)
    return IntegerNumbers.Input(scale: 8_191 / reach, zero: 8_192, max: most)
  }

  private static func layer(
    _ layer: FoldedLayer, index: Int, input: IntegerNumbers.Input?, inputStep: Double,
    outputStep: Double?
  ) throws(ExportError) -> StoredLayer {
    let quantized = QuantizedWeights(layer)
    let zero = Int64(input?.zero ?? 0)
    let steps = quantized.scale.map { Double($0) * inputStep }  // what a sum of 1 stands for
    var bias: [Int32] = []
    for output in 0..<layer.outputs {
      var offset: Int64 = 0
      var reach: Int64 = 0
      for row in 0..<layer.inputs {
        let weight = Int64(quantized.weights[row * layer.outputs + output])
        offset += zero * weight
        reach += Int64(input?.max ?? 127) * abs(weight)
      }
      // An output without weights has no step: its sum is in any unit, here that of the bias.
      let step = steps[output]
      let value = step == 0 ? 0 : Double(layer.bias[output]) / step
      guard value.isFinite, abs(value) + Double(reach) < 2_147_483_647 else {
        throw ExportError(
          "layer \(index + 1) sums up more than 32 bits hold: export as int8, or train a narrower "
            + "network")
      }
      bias.append(Int32(Int64(value.rounded()) - offset))
    }
    let numbers = IntegerNumbers(input: input, output: output(steps, outputStep))
    return StoredLayer(
      inputs: layer.inputs, outputs: layer.outputs, activation: layer.activation,
      numbers: .integer(quantized.weights, bias: bias, numbers))
  }

  /// Multipliers as large as 31 bits allow, or scales.
  private static func output(_ steps: [Double], _ outputStep: Double?) -> IntegerNumbers.Output {
    guard let outputStep else { return .floats(scale: steps.map { Float($0) }) }
    let factors = steps.map { outputStep > 0 ? $0 / outputStep : 0 }
    let largest = factors.max() ?? 0
    var shift = 1
    while shift < 62, largest * Double(UInt64(1) << UInt64(shift + 1)) < 2_147_483_647 {
      shift += 1
    }
    let unit = Double(UInt64(1) << UInt64(shift))
    return .integers(multipliers: factors.map { Int32(($0 * unit).rounded()) }, shift: shift)
  }
}

extension FoldedLayer {
  /// The layer's outputs in floats, for ranges.
  func run(_ x: [Float]) -> [Float] {
    var sums = bias
    for (row, value) in x.enumerated() where value != 0 {
      for output in 0..<outputs { sums[output] += value * weights[row * outputs + output] }
    }
    return sums.map(activation.value)
  }
}
