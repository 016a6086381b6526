import PicketReport

extension ProtocolResult {
  /// For programs.
  package var json: JSON {
    [
      "protocol": .string(run.name), "title": .string(run.title),
      "remarks": .array(remarks.map { .string($0) }),
      "not_built": .array(notBuilt.map { .string($0) }),
      "experiments": .array(
        run.experiments.filter { !summaries($0).isEmpty }.map { json($0) }),
      "goals_missed": .array(misses.map { .string($0) }),
    ]
  }

  private func json(_ experiment: Experiment) -> JSON {
    let summaries = summaries(experiment)
    return [
      "experiment": .string(experiment.name), "title": .string(experiment.title),
      "detectors": .array(summaries.map { json($0) }),
      "seeds": .array(summaries.flatMap { $0.cells.map { json($0, experiment) } }),
      "differences": .array(differences(experiment).map { .string($0) }),
    ]
  }

  private func json(_ summary: ContestantSummary) -> JSON {
    [
      "name": .string(summary.contestant.name), "detector": .string(summary.contestant.detector),
      "seeds": .integer(summary.cells.count),
      "scoring_bytes": .number(summary.mean { Double($0.scoringBytes) }),
      "microseconds_a_record": .number(summary.mean { $0.microseconds }),
      "figures": .object(
        summary.figures.map { figure in
          .init(
            figure.column.key,
            [
              "mean": .number(figure.mean), "deviation": .number(figure.deviation),
              "median": .number(figure.median),
              "goal": figure.goal.map { .number($0) } ?? .null,
              "reference_mean": figure.reference.map { .number($0) } ?? .null,
              "reported": figure.reported.map { .number($0.value) } ?? .null,
              "reported_deviation": figure.reported?.deviation.map { .number($0) } ?? .null,
            ])
        }),
    ]
  }

  private func json(_ cell: Cell, _ experiment: Experiment) -> JSON {
    let figures = experiment.measure.columns.compactMap { column in
      cell.figures[column.key].map { JSON.Member(column.key, .number($0)) }
    }
    return .object(
      [
        .init("detector", .string(cell.name.contestant)),
        .init("seed", .verbatim(String(cell.name.seed))),
      ] + figures + [
        .init("epochs", .integer(cell.facts.epochs)), .init("seconds", .number(cell.facts.seconds)),
        .init("microseconds", .number(cell.facts.microseconds)),
        .init("inputs", .integer(cell.facts.inputCount)),
        .init("train_rows", .integer(cell.facts.trainRows)),
        .init("test_rows", .integer(cell.facts.testRows)),
        .init("scoring_bytes", .integer(cell.facts.scoringBytes)),
        .init("model_bytes", cell.facts.modelBytes.map { .integer($0) } ?? .null),
      ])
  }
}
