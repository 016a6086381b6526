import Foundation
import PicketMetrics

extension Measure {
  /// A histogram of the scores of each class, and the first two coordinates of some codes.
  static func pictures(_ rows: ScoredRows, threshold: Double) throws -> [Series] {
    guard rows.wantsSeries else { return [] }
    var series: [Series] = []
    let logarithms = rows.test.filter { $0 > 0 && $0.isFinite }.map { log10($0) }
    if let low = logarithms.min(), let high = logarithms.max(), high > low {
      for (name, wanted) in [("trained class", false), ("other class", true)] {
        let scores = zip(rows.test, rows.isAnomaly).filter { $0.1 == wanted }.map(\.0)
        series.append(histogram("errors: \(name)", scores, from: low, to: high))
      }
    }
    let places = evenly(rows.test.count, 1_000)
    guard let codes = try rows.codes(places), (codes.first?.count ?? 0) >= 2 else { return series }
    func scatter(_ name: String, _ isWanted: (Int) -> Bool) {
      let own = zip(places, codes).filter { isWanted($0.0) }.map(\.1)
      series.append(Series(name, x: own.map { $0[0] }, y: own.map { $0[1] }))
    }
    scatter("latent, by truth: trained class") { !rows.isAnomaly[$0] }
    scatter("latent, by truth: other class") { rows.isAnomaly[$0] }
    scatter("latent, by decision: decided normal") { rows.test[$0] < threshold }
    scatter("latent, by decision: decided anomalous") { rows.test[$0] >= threshold }
    // Quarters: an error spans five powers of ten, and eyes tell four colours apart.
    let sorted = places.map { rows.test[$0] }.sorted()
    let bounds = (1...3).map { sorted[sorted.count * $0 / 4] }
    for quarter in 0...3 {
      let low = quarter == 0 ? -.infinity : bounds[quarter - 1]
      let high = quarter == 3 ? .infinity : bounds[quarter]
      let name =
        quarter == 3
        ? "error from \(String(format: "%.2g", low))"
        : "error below \(String(format: "%.2g", high))"
      scatter("latent, by error: \(name)") { rows.test[$0] >= low && rows.test[$0] < high }
    }
    return series
  }

  /// The share of the scores in each of 40 bins of equal width in the logarithm.
  ///
  /// - Parameters:
  ///   - low: The decimal logarithm at which the first bin begins; both classes share the bins.
  ///   - high: The one at which the last bin ends.
  private static func histogram(
    _ name: String, _ scores: [Double], from low: Double, to high: Double
  ) -> Series {
    let bins = 40
    // One more, empty: the outline of the last bin ends at its left edge.
    var counts = [Int](repeating: 0, count: bins + 1)
    for score in scores where score > 0 && score.isFinite {
      counts[min(Int((log10(score) - low) / (high - low) * Double(bins)), bins - 1)] += 1
    }
    return Series(
      name, x: counts.indices.map { pow(10, low + (high - low) * Double($0) / Double(bins)) },
      y: counts.map { Double($0) / Double(max(scores.count, 1)) })
  }
}
