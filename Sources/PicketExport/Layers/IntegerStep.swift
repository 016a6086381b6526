/// What an integer of 1 stands for among a hidden layer's outputs, which have seven bits.
///
/// The greatest output is often an anomaly's, and far above those of normal records: with 127 for it,
/// normal records would be left few levels. What lies above is clamped, and an anomaly's score falls
/// somewhat; so the step is chosen by what it does to the half's outputs.
enum IntegerStep {
  /// Shares of the greatest output that may become 127.
  private static let shares: [Float] = [1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.09, 0.06]
  /// Rows that judge a step, of those given: each runs through the rest for every share.
  private static let judges = 500

  /// The step with the smallest mean error of the half's outputs, relative to their length.
  ///
  /// - Parameters:
  ///   - outputs: Those of the layer, of sample rows; none is negative.
  ///   - rest: The layers behind it in its half.
  static func best(for outputs: [[Float]], before rest: [FoldedLayer]) -> Double {
    let greatest = outputs.joined().max() ?? 0
    let some = stride(from: 0, to: outputs.count, by: max(outputs.count / judges, 1)).map {
      outputs[$0]
    }
    let exact = some.map { run($0, rest) }
    func error(_ share: Float) -> Double {
      let step = greatest * share / 127
      return zip(some, exact).reduce(0) { sum, row in
        let rounded = row.0.map { min(($0 / step).rounded(), 127) * step }
        return sum + distance(run(rounded, rest), row.1)
      }
    }
    guard greatest > 0 else { return 0 }
    let errors = shares.map { ($0, error($0)) }
    return Double(greatest * (errors.min { $0.1 < $1.1 }?.0 ?? 1)) / 127
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
