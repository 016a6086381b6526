import PicketData
import PicketNumbers

extension ProtocolRun {
  /// P9 with labels of some attack types: the training rows of P1-open, divided once more.
  ///
  /// Choices between detectors that learn from labels are made on it: P1's test rows have no say.
  static func labelledTypes(_ options: RunOptions) -> Experiment {
    var experiment = Experiment(
      name: "open", title: "Labels of half of the types: the training rows of P1-open",
      source: .nslKDDTrain, measure: .detection, contestants: contestants { _ in true },
      seeds: options.seeds(5)
    ) { data, seed in
      let records = try data.records()
      let outer = RowSplit(records.tables[0], ProtocolP1(.open, seed: seed))
      return RowSplit(trainingRowsOf: outer, records, seed: seed)
    }
    experiment.splitFile = P1Table.nslKDDOpen.splitFile(options)
    experiment.divideFurther = { RowSplit(trainingRowsOf: $0, $1, seed: $2) }
    return experiment
  }
}
