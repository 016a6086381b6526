import PicketData
import PicketMetrics

extension ProtocolRun {
  /// P8: the official test of NSL-KDD with few labels.
  static func p8(_ options: RunOptions) -> ProtocolRun {
    // Labelled anomalies join in what a distilled network learns from, though it needs none.
    let distilled = [Contestant("distilled", title: "Distilled")]
    let some = contestants { $0 != .normal } + distilled
    let steps: [(String, String, @Sendable (Int) -> Int, [Contestant])] = [
      ("labels-0", "No labels", { _ in 0 }, oneClass()),
      ("labels-10", "10 labelled attacks", { min(10, $0) }, distilled),
      ("labels-100", "100 labelled attacks", { min(100, $0) }, some),
      ("labels-1-percent", "1 % of the attacks labelled", { $0 / 100 }, some),
      ("labels-10-percent", "10 % of the attacks labelled", { $0 / 10 }, some),
    ]
    let experiments = steps.flatMap { name, title, count, contestants in
      [(DataSource.nslKDD, "", "41 columns"), (.nslKDDGateway, "-26", "26 columns of a gateway")]
        .map {
          source, suffix, columns in
          Experiment(
            name: name + suffix, title: "\(title), \(columns)", source: source,
            measure: .novelAttacks,
            contestants: contestants, seeds: options.seeds(5)
          ) { data, seed in
            RowSplit(officialTest: try data.records(), anomalies: count, seed: seed)
          }
        }
    }
    return ProtocolRun(
      name: "P8", title: "The official test of NSL-KDD with few labels",
      note:
        "All normal rows of KDDTrain+ and some labelled attacks train, a tenth of each held out; "
        + "KDDTest+ tests, whole. Novel attacks are those of types that KDDTrain+ does not hold.",
      options, experiments: experiments)
  }
}

extension Measure {
  /// The figures of a detection, and the ROC area for attacks of unknown types and for each family.
  static let novelAttacks = Measure(
    columns: [
      Column("auc_pr", "AUC-PR"), Column("auc_roc", "AUC-ROC"),
      Column("tpr_at_1", "TPR at 1 % FPR"),
      Column("tpr_at_5", "TPR at 5 % FPR"), Column("novel_roc", "ROC, novel"),
    ] + AttackFamily.allCases.map { Column("roc_\($0.rawValue)", "ROC, \($0.rawValue)") }
  ) { rows in
    var result = Result()
    result.figures = detectionFigures(try rows.curve())
    result.figures["novel_roc"] = try rows.curve { !AttackFamily.isInTraining($0) }?.areaUnderROC
    for family in AttackFamily.allCases {
      result.figures["roc_\(family.rawValue)"] =
        try rows.curve { AttackFamily(attack: $0) == family }?.areaUnderROC
    }
    return result
  }
}
