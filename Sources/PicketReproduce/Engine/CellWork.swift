import PicketData
import PicketDetectors
import PicketExport
import PicketNumbers

/// Computes one cell: divides, encodes, trains, scores, measures.
struct CellWork {
  let plan: CellPlan
  let data: ExperimentData
  /// The program, as a fingerprint.
  let program: String
  let trainer: String

  /// - Throws: `CancellationError` when the observer said so: a training that was cut short is no
  ///   result.
  func run(_ observer: TrainingObserver) throws -> Cell {
    let experiment = plan.experiment
    let split = sorted(try experiment.limits.applied(to: divided()))
    let encoder = InputEncoder(
      data,
      fittedTo: experiment.encodesFromAllRows ? Array(0..<data.rowCount) : split.train.sorted(),
      normal: split.trainNormal, features: type(of: plan.detector).features)
    var records = TrainingRecords(
      normal: try encoder.inputs(split.trainNormal),
      anomalies: try encoder.inputs(split.trainAnomaly),
      validationNormal: try encoder.inputs(split.validationNormal),
      validationAnomalies: try encoder.inputs(split.validationAnomaly), shape: encoder.shape)
    records.encoding = encoder.encoding
    let clock = ContinuousClock()
    let start = clock.now
    let fitted = try fit(records, observer)
    let seconds = (clock.now - start) / .seconds(1)

    let scorer = try Scorer(
      fitted, encoder: encoder, split: split, plan: plan, trainer: trainer)
    let test = try scorer.scores(split.testNormal, then: split.testAnomaly)
    let rows = try scored(split, test.scores, by: scorer, fitted.history)
    let measured = try experiment.measure.evaluate(rows)

    var facts = CellFacts()
    facts.trainRows = split.train.count
    facts.testRows = split.test.count
    facts.inputCount = records.normal.columnCount
    facts.seconds = seconds
    facts.epochs = fitted.history.last?.epoch ?? 0
    facts.scoringBytes = fitted.scoringBytes
    facts.modelBytes = scorer.modelBytes
    facts.microseconds = test.microseconds
    return Cell(
      name: plan.name, program: program, inputs: plan.inputs, figures: measured.figures,
      series: measured.series + (plan.wantsSeries ? losses(fitted.history) : []), facts: facts)
  }

  /// What the measure asks for: the scores of the test rows, and of others if it looks at them.
  private func scored(
    _ split: RowSplit, _ test: [Double], by scorer: Scorer, _ history: [TrainingProgress]
  ) throws -> ScoredRows {
    var rows = ScoredRows(
      test: test,
      isAnomaly: split.testNormal.map { _ in false } + split.testAnomaly.map { _ in true },
      labels: split.test.map(data.label),
      wantsSeries: plan.wantsSeries,
      codes: { try scorer.codes(places: $0, of: split.test) }, history: history)
    let parts = plan.experiment.measure.parts
    if parts.contains(.trainNormal) {
      rows.trainNormal = try scorer.scores(split.trainNormal, then: []).scores
    }
    if parts.contains(.validation) {
      rows.validation = try scorer.scores(split.validationNormal, then: split.validationAnomaly)
        .scores
      rows.validationIsAnomaly =
        split.validationNormal.map { _ in false } + split.validationAnomaly.map { _ in true }
    }
    return rows
  }

  private func fit(
    _ records: TrainingRecords, _ observer: TrainingObserver
  ) throws -> any FittedDetector {
    do {
      let fitted = try plan.detector.fit(records, seed: plan.name.seed, observer: observer)
      if !observer.isCancelled() { return fitted }
    } catch {
      if !observer.isCancelled() { throw error }
    }
    throw CancellationError()
  }

  private func divided() throws -> RowSplit {
    let (experiment, seed) = (plan.experiment, plan.name.seed)
    guard let file = experiment.splitFile(seed) else { return try experiment.divide(data, seed) }
    let records = try data.records()
    let split = try RowSplit(path: file, rowCount: records.rowCount)
    try split.check(against: records.tables[0], file: file)
    return experiment.divideFurther?(split, records, seed) ?? split
  }

  /// Ascending lists: encodings read tables in order.
  private func sorted(_ split: RowSplit) -> RowSplit {
    var sorted = split
    sorted.trainNormal.sort()
    sorted.trainAnomaly.sort()
    sorted.validationNormal.sort()
    sorted.validationAnomaly.sort()
    sorted.testNormal.sort()
    sorted.testAnomaly.sort()
    return sorted
  }

  private func losses(_ history: [TrainingProgress]) -> [Series] {
    guard let first = history.first else { return [] }
    let epochs = history.map { Double($0.epoch) }
    return first.losses.indices.map { index in
      Series(
        "loss: \(first.losses[index].name)", x: epochs,
        y: history.map { index < $0.losses.count ? $0.losses[index].value : .nan })
    }
  }
}
