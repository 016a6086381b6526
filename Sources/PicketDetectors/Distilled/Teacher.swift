import PicketNumbers

/// Several detectors as one: the sum of their calibrated scores.
///
/// ```
/// teacher(x) = sum_m c_m(score_m(x)),   c_m a `TailCalibration` on held-out normal records
/// teacher(x) = sum_m min(c_m(score_m(x)), limit)   where anomalies are labelled
/// ```
///
/// A rare normal record may astonish one member without end; the limit lets the one that knows labels
/// speak. Each of them keeps far more than a gateway has room for; what they agree on is what a small network
/// can learn.
struct Teacher {
  private let limit: Double
  private let members: [(detector: any FittedDetector, calibration: TailCalibration)]

  /// Trains the members and calibrates them on held-out normal records; one that needs labels is left
  /// out where there are none.
  ///
  /// - Throws: `TrainingError` when a member cannot learn, or too few records are held out.
  init(
    _ configuration: DistilledConfiguration, _ records: TrainingRecords, seed: UInt64,
    observer: TrainingObserver
  ) throws(TrainingError) {
    // A member's epochs are not the student's.
    let quiet = TrainingObserver(isCancelled: observer.isCancelled)
    var members: [(any FittedDetector, TailCalibration)] = []
    for (number, member) in configuration.teacher.enumerated()
    where !member.needsLabels || records.anomalies.count > 0 {
      let fitted = try member.detector.fit(records, seed: seed &+ UInt64(number), observer: quiet)
      members.append((fitted, try TailCalibration(fitted.scores(records.validationNormal))))
    }
    guard !members.isEmpty else {
      throw TrainingError(
        description:
          "no detector of the teacher learns without labelled anomalies; add one that does")
    }
    self.members = members
    limit = records.anomalies.count > 0 ? configuration.labelledLimit : .infinity
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
