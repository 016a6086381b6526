import PicketNumbers

extension RowSplit {
  /// Splits a table for a detector that learns from normal rows alone.
  ///
  /// The normal rows are shuffled, then cut: training, validation, and the rest for the test. All
  /// anomalous rows may test; at most `testAnomalyShare` times as many as normal test rows are
  /// taken, at random.
  ///
  /// - Parameters:
  ///   - table: The records, labelled or all normal.
  ///   - trainShare: The share of the normal rows to learn from.
  ///   - validationShare: The share of the normal rows to choose by.
  ///   - testAnomalyShare: Test anomalies for each normal test row, at most.
  ///   - seed: The seed of the split.
  public init(
    normalOnly table: Table, trainShare: Double = 0.8, validationShare: Double = 0.1,
    testAnomalyShare: Double = 0.25, seed: UInt64
  ) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var normal = table.normalRows
    var anomalies = table.anomalyRows
    generator.shuffle(&normal)
    generator.shuffle(&anomalies)
    func count(_ share: Double, of total: Int) -> Int {
      Int(min(Double(total), max(0, (Double(total) * share).rounded(.down))))
    }

    let trainEnd = count(trainShare, of: normal.count)
    let validationEnd = min(normal.count, trainEnd + count(validationShare, of: normal.count))
    trainNormal = Array(normal[..<trainEnd])
    validationNormal = Array(normal[trainEnd..<validationEnd])
    testNormal = Array(normal[validationEnd...])
    let wanted = Double(testNormal.count) * max(0, testAnomalyShare)
    testAnomaly = Array(anomalies.prefix(Int(min(wanted, Double(anomalies.count)))))
  }
}
