import PicketNN

/// Makes layers of floats into layers of integer arithmetic.
///
/// Weights are symmetric bytes with a scale for each output. What goes between layers has 7 bits, so
/// that two products fit into 16; what a half of the network starts from has 7 bits too, or 14 where
/// inputs are small, as heavy-tailed numbers are. The ranges are those that sample rows reach.
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
    var outputs = samples
    var steps: [IntegerStep] = []
    var orders = [UnitOrder(kept: half.first?.inputs ?? 0)]
    for (index, layer) in half.enumerated() {
      let isLast = index == half.count - 1
      guard isLast || layer.activation == .relu else {
        throw ExportError(
          "layer \(firstIndex + index + 1) is not ReLU: integer arithmetic passes only ReLU on; "
            + "export as int8, or train with --activation relu")
      }
      // The outputs stay as they were: ranges, which are of floats, would feel another order.
      outputs = outputs.map { layer.run($0) }
      if isLast {
        orders.append(UnitOrder(kept: layer.outputs))
      } else {
        let step = IntegerStep.best(for: outputs, before: Array(half.dropFirst(index + 1)))
        steps.append(step)
        orders.append(UnitOrder(outputs, step: step.value))
      }
    }
    self.outputs = outputs
    let input = Self.input(for: samples, before: half, steps.map(\.error).min() ?? 0)
    var inputStep = 1 / Double(input.scale)  // what an integer input of 1 stands for
    for (index, layer) in half.enumerated() {
      let sums = Sums(
        layer.ordered(inputs: orders[index], outputs: orders[index + 1]),
        input: index == 0 ? input : nil, inputStep: inputStep)
      let outputStep = index < steps.count ? max(steps[index].value, sums.leastOutputStep) : nil
      layers.append(try sums.layer(index: firstIndex + index, outputStep: outputStep))
      inputStep = outputStep ?? 0
    }
  }

  /// How inputs become integers: from 0 if none is negative, else around the middle.
  ///
  /// Of 7 bits, if rounding to them does at most half of what rounding does behind any layer: a first
  /// layer with 14 takes twice as long.
  ///
  /// - Parameter error: The least mean error that rounding makes behind a layer.
  private static func input(
    for samples: [[Float]], before half: [FoldedLayer], _ error: Double
  ) -> IntegerNumbers.Input {
    let lowest = samples.joined().min() ?? 0
    let highest = samples.joined().max() ?? 1
    func of(_ most: Int) -> IntegerNumbers.Input {
      guard lowest < 0 else {
        let scale = Float(most) / max(highest, .leastNormalMagnitude)
        return IntegerNumbers.Input(scale: scale, zero: 0, max: most)
      }
      let reach = max(highest, -lowest)
      return IntegerNumbers.Input(scale: Float(most / 2) / reach, zero: most / 2 + 1, max: most)
    }
    let few = of(127)
    let rounded = IntegerStep.error(of: samples, before: half) {
      ($0 * few.scale).rounded() / few.scale
    }
    return rounded * 2 <= error ? few : of(16_383)
  }
}

/// The sums of a layer in integer arithmetic.
private struct Sums {
  private let layer: FoldedLayer
  private let input: IntegerNumbers.Input?
  private let quantized: QuantizedWeights
  /// What a sum of 1 stands for, by output.
  private let steps: [Double]
  /// The greatest quotient of two steps that, doubled by a shift, still has a multiplier of 15 bits.
  private static let most = 32_767.0 / 65_536

  /// - Parameters:
  ///   - input: How inputs become integers; nil if they are.
  ///   - inputStep: What an integer input of 1 stands for.
  init(_ layer: FoldedLayer, input: IntegerNumbers.Input?, inputStep: Double) {
    self.layer = layer
    self.input = input
    quantized = QuantizedWeights(layer)
    // The sum of an output without weights is its bias, whose step is free.
    steps = zip(quantized.scale, layer.bias).map { scale, bias in
      scale > 0 ? Double(scale) * inputStep : abs(Double(bias)) / 32_767
    }
  }

  /// The least step of integer outputs whose multipliers fit into 15 bits.
  var leastOutputStep: Double { (steps.max() ?? 0) / Self.most }

  /// The layer, with integer outputs if it is told their step.
  func layer(index: Int, outputStep: Double?) throws(ExportError) -> StoredLayer {
    var biases: [Int64] = []
    var reaches: [Int64] = []
    for output in 0..<layer.outputs {
      var offset: Int64 = 0
      var reach: Int64 = 0
      for row in 0..<layer.inputs {
        let weight = Int64(quantized.weights[row * layer.outputs + output])
        offset += Int64(input?.zero ?? 0) * weight
        reach += Int64(input?.max ?? 127) * abs(weight)
      }
      let step = steps[output]
      let value = step == 0 ? 0 : Double(layer.bias[output]) / step
      guard value.isFinite, abs(value) + Double(reach) < 1_073_741_823 else {
        throw ExportError(
          "layer \(index + 1) sums up more than 31 bits hold: export as int8, or train a narrower "
            + "network")
      }
      biases.append(Int64(value.rounded()) - offset)
      reaches.append(Int64(abs(value)) + reach)
    }
    let numbers = IntegerNumbers(input: input, output: output(outputStep, reaches))
    // A shift rounds to the nearest if half of what it divides by is added before.
    let half: Int64 =
      if case .integers(_, let shift) = numbers.output { 1 << (shift - 1) } else { 0 }
    return StoredLayer(
      inputs: layer.inputs, outputs: layer.outputs, activation: layer.activation,
      numbers: .integer(quantized.weights, bias: biases.map { Int32($0 + half) }, numbers))
  }

  /// Multipliers of 15 bits behind the least shift that leaves every sum in 15 bits, or scales.
  ///
  /// - Parameter reaches: The greatest sum of each output.
  private func output(_ outputStep: Double?, _ reaches: [Int64]) -> IntegerNumbers.Output {
    guard let outputStep else { return .floats(scale: steps.map { Float($0) }) }
    let factors = steps.map { outputStep > 0 ? $0 / outputStep : 0 }
    // What is above the sum of an output of 127 need not be told from it.
    let greatest = zip(factors, reaches).map { min($0 > 0 ? 127.5 / $0 : 0, Double($1)) }.max() ?? 0
    let largest = factors.max() ?? 0
    var shift = 1
    while greatest > 32_767 * Self.power(shift), largest * Self.power(shift) <= Self.most {
      shift += 1
    }
    let unit = Self.power(15 + shift)
    return .integers(multipliers: factors.map { Int32(($0 * unit).rounded()) }, shift: shift)
  }

  private static func power(_ shift: Int) -> Double { Double(UInt64(1) << UInt64(shift)) }
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
