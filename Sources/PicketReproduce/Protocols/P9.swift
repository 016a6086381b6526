import PicketData

extension ProtocolRun {
  /// P9: one family of attacks is never learned.
  static func p9(_ options: RunOptions) -> ProtocolRun {
    ProtocolRun(
      name: "P9", title: "One attack family left out, NSL-KDD",
      note: "80 % of the normal rows of KDDTrain+ train, with a tenth as many labelled attacks of "
        + "three families; the other normal rows test against the fourth. Detectors that need no "
        + "labels learn from the normal rows alone.", options,
      experiments: AttackFamily.allCases.map { family in
        Experiment(
          name: family.rawValue, title: "Left out: \(family.rawValue)", source: .nslKDDTrain,
          measure: Measure(
            columns: ["auc_roc", "tpr_at_1", "auc_pr"].compactMap { key in
              Measure.detectionColumns.first { $0.key == key }
            }, evaluate: Measure.detection.evaluate),
          contestants: contestants { _ in true }, seeds: options.seeds(5)
        ) { data, seed in RowSplit(leavingOut: family, try data.records(), seed: seed) }
      } + [attackTypes(options), labelledTypes(options)])
  }
}
