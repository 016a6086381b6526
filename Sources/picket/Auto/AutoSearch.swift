import Dispatch
import PicketData
import PicketDetectors
import PicketExport
import PicketReport
import Synchronization

/// Tries detectors, features and sizes on parts of the training rows, and says which one to train.
struct AutoSearch: Sendable {
  private(set) var trials: [AutoTrial]
  /// The trial whose candidate is trained on all rows.
  var chosen: AutoTrial { trials[place] }
  /// What judged, in words.
  let account: String
  let maxBytes: Int
  /// Seconds of all trials, as a clock saw them.
  let seconds: Double
  /// Which of the trials is chosen.
  private var place: Int

  /// Differences of average precision that a fold's draw makes: among candidates so near to the best
  /// the smallest file is chosen.
  private static let margin = 0.002

  /// Runs the trials, some at a time.
  ///
  /// - Throws: `Failure` when no candidate learns, or none fits the byte budget.
  init(
    _ records: RecordSet, _ split: TrainingSplit, type: ElementType, maxBytes: Int, seed: UInt64
  ) throws {
    let rows = AutoRows(split, records, seed: seed)
    let progress = SharedProgress("trying")
    func run(_ candidates: [AutoCandidate]) -> [AutoTrial] {
      let state = Mutex(State(waiting: Array(candidates.enumerated().reversed())))
      DispatchQueue.concurrentPerform(iterations: Self.jobs) { _ in
        while !Interrupt.isRequested,
          let (place, candidate) = state.withLock({ $0.waiting.popLast() })
        {
          progress.begin("\(place + 1) of \(candidates.count), \(candidate.title)")
          let trial = AutoTrial(
            candidate, records, rows, type: type, seed: seed,
            isCancelled: { Interrupt.isRequested })
          state.withLock { $0.done.append((place, trial)) }
        }
      }
      return state.withLock { $0.done.sorted { $0.place < $1.place }.map(\.trial) }
    }
    var trials = run(
      AutoCandidate.all(
        learnsAnomalies: rows.folds.allSatisfy { !$0.split.train.anomaly.isEmpty }, seed: seed))
    if !trials.contains(where: { $0.averagePrecision != nil && $0.bytes <= maxBytes }) {
      trials += run(AutoCandidate.narrow(seed: seed))
    }
    progress.finish()
    if Interrupt.isRequested {
      StandardError.note("interrupted while trying: nothing is written")
      throw Interrupt.exitCode
    }
    self.trials = trials
    account = rows.account
    self.maxBytes = maxBytes
    seconds = progress.seconds
    place = try Self.best(trials, maxBytes: maxBytes)
  }

  /// Looks at the file that was made of all training rows.
  ///
  /// Tables grow with the rows. If it has become too large, the best of those candidates is chosen that
  /// would fit if they grew as much.
  ///
  /// - Returns: Whether the file may be written; if not, `chosen` is another one.
  /// - Throws: `Failure` when none is left.
  mutating func accepts(_ bytes: Int) throws(Failure) -> Bool {
    guard bytes > maxBytes else { return true }
    let had = chosen
    guard let next = try? Self.best(trials, maxBytes: maxBytes - (bytes - had.bytes)) else {
      throw Failure(
        "the model of all training rows has \(bytes) bytes, its trial had \(had.bytes); more than "
          + "the \(maxBytes) allowed, and there is no smaller one; nothing is written; give "
          + "--max-bytes \(bytes), or make columns with many categories 'ignored' in the schema")
    }
    // So that the report says why it was passed over.
    trials[place].bytes = bytes
    place = next
    StandardError.note(
      "the model of all training rows has \(bytes) bytes, its trial had \(had.bytes): "
        + "\(chosen.candidate.title) instead")
    return false
  }

  private struct State {
    var waiting: [(offset: Int, element: AutoCandidate)]
    var done: [(place: Int, trial: AutoTrial)] = []
  }

  private static let jobs = 2

  /// The place of the trial whose file is the smallest of those that fit and are near the best.
  private static func best(_ trials: [AutoTrial], maxBytes: Int) throws -> Int {
    let judged = trials.indices.filter { trials[$0].averagePrecision != nil }
    guard let smallest = judged.min(by: { trials[$0].bytes < trials[$1].bytes }) else {
      throw Failure(
        "no detector learned from these rows: \(trials.first?.failure ?? "there was none to try"); "
          + "look at the data with 'picket schema'")
    }
    let fitting = judged.filter { trials[$0].bytes <= maxBytes }
    guard let top = fitting.compactMap({ trials[$0].averagePrecision }).max() else {
      throw Failure(
        "--max-bytes \(maxBytes): the smallest model tried has \(trials[smallest].bytes) bytes "
          + "(\(trials[smallest].candidate.title)); allow more, or make columns 'ignored' in the schema"
      )
    }
    let near = fitting.filter { (trials[$0].averagePrecision ?? 0) >= top - margin }
    return near.min { trials[$0].bytes < trials[$1].bytes } ?? smallest
  }
}
