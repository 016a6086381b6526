import Dispatch
import PicketDetectors
import Synchronization

/// Runs the cells of a plan that are not finished yet, some at a time.
///
/// A cell depends on its fingerprints alone, so its result is the same however many run beside it;
/// only its times are not.
package final class Runner: Sendable {
  /// What a run needs beside its plan.
  package struct Options: Sendable {
    /// The folder of data sets.
    package var dataFolder: String
    /// Cells at a time.
    package var jobs = 2
    /// The program, as a fingerprint.
    package var program: String
    /// Whether cells that another program computed are good enough.
    package var keepsOtherPrograms = false
    /// What model files say of who trained them.
    package var trainer: String
    /// Whether to stop now.
    package var isCancelled: @Sendable () -> Bool = { false }
    /// Hears of progress: the share that is done, cells that are done, all cells.
    package var onProgress: @Sendable (Double, Int, Int) -> Void = { _, _, _ in }

    /// A run over some data.
    package init(dataFolder: String, program: String, trainer: String) {
      self.dataFolder = dataFolder
      self.program = program
      self.trainer = trainer
    }
  }

  private let options: Options
  private let store: DataStore
  private let state: Mutex<State>

  private struct State {
    var waiting: [CellPlan]
    var ledger: Ledger
    var estimate: WorkEstimate
    var failure: (any Error)?
  }

  private let all: [CellPlan]

  /// Prepares to run what is missing.
  package init(_ plan: Plan, ledger: Ledger, _ options: Options) {
    self.options = options
    all = plan.cells
    let program = options.keepsOtherPrograms ? nil : options.program
    let waiting = plan.cells.filter {
      ledger.cell($0.name, inputs: $0.inputs, program: program) == nil
    }
    store = DataStore(folder: options.dataFolder)
    state = Mutex(
      State(
        waiting: waiting.reversed(), ledger: ledger,
        estimate: WorkEstimate(waiting.map(\.name), ledger)))
  }

  /// How many cells there are, and how many of them are finished.
  package var counts: (all: Int, finished: Int) {
    (all.count, all.count - state.withLock { $0.estimate.total - $0.estimate.finished })
  }

  /// Runs until no cell is left, one fails, or the caller cancels.
  ///
  /// - Returns: The cells that are finished, those of earlier runs too, in the plan's order.
  package func run() throws -> [Cell] {
    DispatchQueue.concurrentPerform(iterations: options.jobs) { _ in
      while let plan = next() {
        do {
          let cell = try compute(plan)
          try state.withLock { state in
            try state.ledger.append(cell)
            state.estimate.finish(cell)
            show(state)
          }
        } catch is CancellationError {
          return
        } catch {
          state.withLock {
            $0.failure = $0.failure ?? ReproduceError("\(plan.name): \(error)")
          }
          return
        }
      }
    }
    let program = options.keepsOtherPrograms ? nil : options.program
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return all.compactMap { state.ledger.cell($0.name, inputs: $0.inputs, program: program) }
    }
  }

  private func next() -> CellPlan? {
    if options.isCancelled() { return nil }
    return state.withLock { $0.failure == nil ? $0.waiting.popLast() : nil }
  }

  private func show(_ state: borrowing State) {
    options.onProgress(state.estimate.share, state.estimate.finished, state.estimate.total)
  }

  private func compute(_ plan: CellPlan) throws -> Cell {
    let work = CellWork(
      plan: plan, data: try store.data(plan.experiment.source), program: options.program,
      trainer: options.trainer)
    let observer = TrainingObserver(
      onEpoch: { [self] epoch in
        state.withLock { state in
          state.estimate.running[plan.name] = Double(epoch.epoch) / Double(epoch.epochs)
          show(state)
        }
      }, isCancelled: options.isCancelled)
    return try work.run(observer)
  }
}
