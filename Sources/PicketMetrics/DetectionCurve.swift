/// What every threshold on a detector's scores does to a labelled set of records.
///
/// A record raises an alarm when its score is at or above the threshold. Records of equal score
/// cannot be told apart by any threshold, so they enter the curve together: no figure depends on
/// the order of the records. Building the curve sorts once, O(n log n); every figure is then O(n).
///
/// All figures agree with scikit-learn's.
public struct DetectionCurve: Sendable {
  /// The distinct scores, from the largest down.
  public let thresholds: [Double]
  /// Anomalies at or above each threshold.
  public let truePositives: [Int]
  /// Normal records at or above each threshold.
  public let falsePositives: [Int]

  /// Number of anomalies.
  public var anomalies: Int { truePositives[truePositives.count - 1] }
  /// Number of normal records.
  public var normals: Int { falsePositives[falsePositives.count - 1] }

  /// Sorts the records by score.
  ///
  /// - Parameters:
  ///   - scores: One a record; larger is more anomalous.
  ///   - isAnomaly: The truth, one a record.
  /// - Returns: Nil when the counts differ, when a score is not a number, or when either class is
  ///   missing: no figure has a meaning then.
  public init?(scores: [Double], isAnomaly: [Bool]) {
    guard scores.count == isAnomaly.count else { return nil }
    var ranked = zip(scores, isAnomaly).map { Ranked(score: $0, isAnomaly: $1) }
    guard !scores.contains(where: \.isNaN) else { return nil }
    ranked.sort { $0.score > $1.score }
    var thresholds: [Double] = []
    var truePositives: [Int] = []
    var falsePositives: [Int] = []
    var (hits, alarms) = (0, 0)
    for (index, record) in ranked.enumerated() {
      if record.isAnomaly { hits += 1 } else { alarms += 1 }
      let isLastOfItsScore = index + 1 == ranked.count || ranked[index + 1].score != record.score
      guard isLastOfItsScore else { continue }
      thresholds.append(record.score)
      truePositives.append(hits)
      falsePositives.append(alarms)
    }
    guard hits > 0, alarms > 0 else { return nil }
    self.thresholds = thresholds
    self.truePositives = truePositives
    self.falsePositives = falsePositives
  }

  private struct Ranked {
    let score: Double
    let isAnomaly: Bool
  }
}
