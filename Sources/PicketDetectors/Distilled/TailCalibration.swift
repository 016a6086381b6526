import Foundation

/// Scores of any unit as surprise in nats: how rarely normal records score as high.
///
/// ```
/// c(s) = -ln P(S >= s)                          below the 95 % quantile q of normal scores
/// c(s) = -ln 0.05 + (s - q) / E[S - q | S > q]  from there on
/// ```
///
/// Beyond the quantile a held-out sample is too small to count; an exponential tail of the same mean
/// excess goes on without end, so that two records beyond all that is normal still differ. It makes
/// scores of different detectors comparable, and their sum a test of all of them (Fisher 1932).
struct TailCalibration: Sendable {
  /// Normal scores, ascending.
  private let sorted: [Double]
  /// q, the place where the tail begins.
  let start: Double
  /// The mean of what exceeds it.
  let excess: Double

  /// The share of normal scores in the tail.
  static let tailShare = 0.05
  /// The fewest scores that tell where the tail begins.
  static let leastScores = 20

  /// Learns from scores of normal records that the detector has not seen.
  ///
  /// - Throws: `TrainingError` for fewer than `leastScores` scores.
  init(_ normal: [Double]) throws(TrainingError) {
    guard normal.count >= Self.leastScores else {
      throw TrainingError(
        description: "\(normal.count) held-out normal rows; scores are calibrated on "
          + "\(Self.leastScores) at least")
    }
    sorted = normal.sorted()
    start = sorted[Int((1 - Self.tailShare) * Double(sorted.count))]
    let beyond = sorted.filter { [start] in $0 > start }
    let sum = beyond.reduce(0) { [start] in $0 + $1 - start }
    // Where no score exceeds the quantile, the tail falls as fast as all scores do.
    let spread = max(start - sorted[sorted.count / 2], 1e-12)
    excess = sum > 0 ? sum / Double(beyond.count) : spread
  }

  /// c(s), 0 for what is below all normal scores.
  func surprise(_ score: Double) -> Double {
    let tail = -log(Self.tailShare)
    guard score <= start else { return tail + (score - start) / excess }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < score { low = middle + 1 } else { high = middle }
    }
    return min(-log(1 - Double(low) / Double(sorted.count + 1)), tail)
  }
}
