/// What an integer of 1 stands for among a hidden layer's outputs, which have seven bits.
///
/// The greatest output is often an anomaly's, and far above those of normal records: with 127 for it,
/// normal records would be left few levels. What lies above is clamped, and an anomaly's score falls
/// somewhat; so the step is chosen by what it does to the half's outputs.
struct IntegerStep {
  let value: Double
  /// The mean error that rounding to it makes in the half's outputs, relative to their length.
  let error: Double

  /// Shares of the greatest output that may become 127.
  private static let shares: [Float] = [1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.09, 0.06]
  /// Rows that judge a step, of those given: each runs through the rest for every share.
  private static let judges = 500

  /// The step with the smallest mean error.
  ///
  /// - Parameters:
  ///   - outputs: Those of the layer, of sample rows; none is negative.
  ///   - rest: The layers behind it in its half.
  static func best(for outputs: [[Float]], before rest: [FoldedLayer]) -> IntegerStep {
    let greatest = outputs.joined().max() ?? 0
    guard greatest > 0 else { return IntegerStep(value: 0, error: 0) }
    let steps = shares.map { share in
      let step = greatest * share / 127
      let error = error(of: outputs, before: rest) { min(($0 / step).rounded(), 127) * step }
      return IntegerStep(value: Double(step), error: error)
    }
    return steps.min { $0.error < $1.error } ?? IntegerStep(value: Double(greatest) / 127, error: 0)
  }

  /// The mean error of a half's outputs, relative to their length, if numbers in it are rounded.
  ///
  /// - Parameters:
  ///   - numbers: Those that are rounded, of sample rows.
  ///   - rest: The layers behind them.
  static func error(
    of numbers: [[Float]], before rest: [FoldedLayer], rounded: (Float) -> Float
  ) -> Double {
    let some = stride(from: 0, to: numbers.count, by: max(numbers.count / judges, 1)).map {
      numbers[$0]
    }
    let sum = some.reduce(0) { $0 + distance(run($1.map(rounded), rest), run($1, rest)) }
    return sum / Double(max(some.count, 1))
  }

  private static func run(_ row: [Float], _ layers: [FoldedLayer]) -> [Float] {
    layers.reduce(row) { $1.run($0) }
  }

  /// ||y - x|| / ||x||.
  private static func distance(_ y: [Float], _ x: [Float]) -> Double {
    let (error, length) = zip(y, x).reduce((0.0, 0.0)) { sums, pair in
      let difference = Double(pair.0 - pair.1)
      return (sums.0 + difference * difference, sums.1 + Double(pair.1 * pair.1))
    }
    return length > 0 ? (error / length).squareRoot() : 0
  }
}
