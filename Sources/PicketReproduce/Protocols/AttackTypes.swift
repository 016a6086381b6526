import PicketData

extension ProtocolRun {
  /// P9 without labels: normal rows train, the others test against each type of attack.
  ///
  /// Choices between one-class detectors are made on it: it takes nothing from a test file.
  static func attackTypes(_ options: RunOptions) -> Experiment {
    Experiment(
      name: "types", title: "No labels: the mean over attack types", source: .nslKDDTrain,
      measure: .attackTypes, contestants: oneClass(), seeds: options.seeds(5)
    ) { data, seed in
      let records = try data.records()
      var split = RowSplit(
        normalOnly: records.tables[0], trainShare: 0.72, validationShare: 0.08, seed: seed)
      split.testAnomaly = records.anomalyRows
      return split
    }
  }
}

extension Measure {
  /// Test rows that an attack type must have to count: of fewer, a share says little.
  private static let leastRows = 20

  /// The means over attack types of the ROC area and of two points of the ROC curve.
  static let attackTypes = Measure(
    columns: [
      Column("type_roc", "ROC, mean of types"), Column("type_tpr_at_1", "TPR at 1 % FPR, mean"),
      Column("type_tpr_at_5", "TPR at 5 % FPR, mean"),
    ]
  ) { rows in
    var counts: [String: Int] = [:]
    for (label, isAnomaly) in zip(rows.labels, rows.isAnomaly) where isAnomaly {
      counts[label, default: 0] += 1
    }
    let curves = try counts.filter { $0.value >= leastRows }.keys.sorted().compactMap { type in
      try rows.curve { $0 == type }
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    var result = Result()
    result.figures = [
      "type_roc": mean(curves.map(\.areaUnderROC)),
      "type_tpr_at_1": mean(curves.map { $0.truePositiveRate(atFalsePositiveRate: 0.01) }),
      "type_tpr_at_5": mean(curves.map { $0.truePositiveRate(atFalsePositiveRate: 0.05) }),
    ]
    return result
  }
}
