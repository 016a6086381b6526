import PicketNumbers

/// Several one-class detectors as one: the sum of their calibrated scores.
///
/// ```
/// teacher(x) = sum_m c_m(score_m(x)),   c_m a `TailCalibration` on held-out normal records
/// ```
///
/// Each of them keeps far more than a gateway has room for; what they agree on is what a small network
/// can learn.
struct Teacher {
  private let members: [(detector: any FittedDetector, calibration: TailCalibration)]

  /// Trains the members on normal records and calibrates them on held-out ones.
  ///
  /// - Throws: `TrainingError` when a member cannot learn, or too few records are held out.
  init(
    _ detectors: [any Detector], _ records: TrainingRecords, seed: UInt64,
    observer: TrainingObserver
  ) throws(TrainingError) {
    // A member's epochs are not the student's.
    let quiet = TrainingObserver(isCancelled: observer.isCancelled)
    var members: [(any FittedDetector, TailCalibration)] = []
    for (number, detector) in detectors.enumerated() {
      let fitted = try detector.fit(records, seed: seed &+ UInt64(number), observer: quiet)
      members.append((fitted, try TailCalibration(fitted.scores(records.validationNormal))))
    }
    self.members = members
  }

  /// The sum of the members' surprise at each row, in nats.
  func scores(_ rows: SparseRows) -> [Double] {
    members.reduce([Double](repeating: 0, count: rows.count)) { sum, member in
      zip(sum, member.detector.scores(rows)).map { $0 + member.calibration.surprise($1) }
    }
  }
}
