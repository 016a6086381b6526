import PicketNumbers

/// Several detectors as one: the sum of their calibrated scores.
///
/// ```
/// teacher(x) = sum_m c_m(score_m(x)),   c_m a `TailCalibration` on held-out normal records
/// teacher(x) = sum_m min(c_m(score_m(x)), limit)   where it learns labels
/// ```
///
/// A rare normal record may astonish one member without end; the limit lets the one that knows labels
/// speak. Each of them keeps far more than a gateway has room for; what they agree on is what a small network
/// can learn.
struct Teacher {
  private let limit: Double
  private let members: [(detector: any FittedDetector, calibration: TailCalibration)]

  /// Trains the members and calibrates them on held-out normal records.
  ///
  /// - Throws: `TrainingError` when a member cannot learn, too few records are held out, or the observer
  ///   cancels: what half a teacher says is no lesson.
  init(
    _ configuration: DistilledConfiguration, _ records: TrainingRecords, seed: UInt64,
    observer: TrainingObserver
  ) throws(TrainingError) {
    // A member's epochs are not the student's.
    let quiet = TrainingObserver(isCancelled: observer.isCancelled)
    let least = configuration.leastLabelled * Double(records.normal.count)
    let hasLabels = Double(records.anomalies.count) >= max(least, 1)
    let chosen = hasLabels ? configuration.teacherOfLabels : configuration.teacher
    var members: [(any FittedDetector, TailCalibration)] = []
    for (number, member) in chosen.enumerated() {
      // What the teacher then says of the student's rows is one more.
      observer.onPreparation(
        TrainingPreparation(
          what: "teacher, \(member.rawValue)", step: number + 1, steps: chosen.count + 1))
      let detector = member.detector(ofColumns: records.normal.columnCount)
      let fitted = try detector.fit(records, seed: seed &+ UInt64(number), observer: quiet)
      guard !observer.isCancelled() else {
        throw TrainingError(description: "cancelled while the teacher learned")
      }
      members.append((fitted, try TailCalibration(fitted.scores(records.validationNormal))))
    }
    guard !members.isEmpty else {
      throw TrainingError(description: "a teacher without members; name one at least")
    }
    self.members = members
    observer.onPreparation(
      TrainingPreparation(
        what: "the teacher's word on the student's rows", step: chosen.count + 1,
        steps: chosen.count + 1))
    limit = hasLabels ? configuration.labelledLimit : .infinity
  }

  /// The sum of the members' surprise at each row, in nats.
  func scores(_ rows: SparseRows) -> [Double] {
    members.reduce([Double](repeating: 0, count: rows.count)) { sum, member in
      zip(sum, member.detector.scores(rows)).map {
        $0 + min(member.calibration.surprise($1), limit)
      }
    }
  }
}
