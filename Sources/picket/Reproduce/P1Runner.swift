import Dispatch
import PicketData
import PicketDetectors
import PicketExport
import PicketMetrics
import PicketReport
import Synchronization

/// Runs the cells of a plan that are not finished yet, some at a time.
///
/// A cell depends on its key alone, so its result is the same however many run beside it.
final class P1Runner: Sendable {
  private let plan: P1Plan
  private let state: Mutex<State>

  private struct State {
    var waiting: [P1Plan.Cell]
    var ledger: P1Ledger
    var tables: [String: Table] = [:]
    /// How much of each running cell is done, 0 to 1.
    var running: [String: Double] = [:]
    var finished = 0
    var failure: (any Error)?
    let total: Int
    let progress: ProgressLine
  }

  init(_ plan: P1Plan, cells: [P1Plan.Cell], ledger: P1Ledger) {
    self.plan = plan
    let waiting = cells.filter { ledger.cells[$0.key] == nil }
    state = Mutex(
      State(
        waiting: waiting.reversed(), ledger: ledger, total: waiting.count,
        progress: ProgressLine("P1")))
  }

  /// Runs until no cell is left, one fails, or Ctrl-C.
  ///
  /// - Returns: All cells that are finished, those of earlier runs too.
  func run(jobs: Int) throws -> [String: P1Cell] {
    try loadTables()
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      while let cell = next() {
        do {
          try finish(run(cell))
        } catch is CancellationError {
          return
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
          return
        }
      }
    }
    return try state.withLock { state in
      state.progress.finish()
      if let failure = state.failure { throw failure }
      return state.ledger.cells
    }
  }

  /// Reads each data file that is needed once.
  private func loadTables() throws {
    let needed = state.withLock { Set($0.waiting.map(\.experiment)) }
    for experiment in P1Experiment.allCases where needed.contains(experiment) {
      let isThere = state.withLock { $0.tables[experiment.data] != nil }
      if isThere { continue }
      let table = try Table(path: plan.dataFile(experiment), schema: experiment.schema)
      state.withLock { $0.tables[experiment.data] = table }
    }
  }

  private func next() -> P1Plan.Cell? {
    if Interrupt.isRequested { return nil }
    return state.withLock { $0.failure == nil ? $0.waiting.popLast() : nil }
  }

  private func finish(_ cell: P1Cell) throws {
    try state.withLock { state in
      try state.ledger.append(cell)
      state.running[cell.key] = nil
      state.finished += 1
      Self.show(state)
    }
  }

  private static func show(_ state: borrowing State) {
    let done = Double(state.finished) + state.running.values.reduce(0, +)
    state.progress.update(
      done / Double(max(state.total, 1)), "\(state.finished) of \(state.total) trainings done")
  }

  private func run(_ cell: P1Plan.Cell) throws -> P1Cell {
    guard let table = state.withLock({ $0.tables[cell.experiment.data] }) else {
      throw Failure("\(cell.experiment.data) was not loaded")
    }
    let split = try split(cell, table)
    let training = Training(
      records: RecordSet([table]), split: split,
      detector: .anoEAN(plan.configuration(seed: cell.seed)), seed: cell.seed,
      settings: ["split": .string("P1-\(cell.experiment.anomalies.rawValue)")])
    let observer = TrainingObserver(
      onEpoch: { epoch in
        self.state.withLock { state in
          state.running[cell.key] = Double(epoch.epoch) / Double(epoch.epochs)
          Self.show(state)
        }
      }, isCancelled: { Interrupt.isRequested })
    let outcome: Training.Outcome
    do {
      outcome = try training.run(observer)
    } catch  where Interrupt.isRequested {
      throw CancellationError()
    }
    // A training that was cut short is no result of the protocol.
    if Interrupt.isRequested { throw CancellationError() }

    // What is judged is what ships: the exported file, scored by PicketCore.
    let options = ExportOptions(elementType: plan.elementType)
    let model = try LoadedModel(bytes: ModelWriter.write(outcome.model, options: options))
    let encoding = outcome.model.encoding
    let normal = try model.score(
      records: training.records.records(split.test.normal, encoding))
    let anomaly = try model.score(
      records: training.records.records(split.test.anomaly, encoding))
    let evaluation = Evaluation(
      model, scores: (normal + anomaly).map(\.score),
      isAnomaly: normal.map { _ in false } + anomaly.map { _ in true })
    guard let figures = evaluation.figures else {
      throw Failure("\(cell.experiment.rawValue), seed \(cell.seed): the test has one class only")
    }
    return P1Cell(
      key: cell.key, experiment: cell.experiment, seed: cell.seed,
      figures: P1Figures(
        aucPR: figures.aucPR, bestF1: figures.bestF1, aucROC: figures.aucROC,
        accuracy: figures.accuracyAtBestF1),
      epoch: outcome.epoch, seconds: outcome.seconds, multiplyAdds: outcome.work.multiplyAdds,
      trainRows: split.train.all.count, testRows: split.test.all.count,
      modelBytes: model.info.modelBytes)
  }

  private func split(_ cell: P1Plan.Cell, _ table: Table) throws -> TrainingSplit {
    guard let file = plan.splitFile(cell.experiment, seed: cell.seed) else {
      return TrainingSplit(
        RowSplit(table, ProtocolP1(cell.experiment.anomalies, seed: cell.seed)))
    }
    let rows = try RowSplit(path: file, rowCount: table.rowCount)
    try rows.check(against: table, file: file)
    return TrainingSplit(rows)
  }
}
