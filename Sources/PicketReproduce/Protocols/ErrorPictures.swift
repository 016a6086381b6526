import Foundation
import PicketMetrics

extension Measure {
  /// A histogram of the scores of each class, and the first two coordinates of some codes.
  static func pictures(_ rows: ScoredRows, threshold: Double) throws -> [Series] {
    guard rows.wantsSeries else { return [] }
    var series: [Series] = []
    for (name, wanted) in [("trained class", false), ("other class", true)] {
      let scores = zip(rows.test, rows.isAnomaly).filter { $0.1 == wanted }.map(\.0)
      series.append(histogram("errors: \(name)", scores))
    }
    let places = evenly(rows.test.count, 1_000)
    guard let codes = try rows.codes(places), (codes.first?.count ?? 0) >= 2 else { return series }
    for (name, isWanted) in [
      ("trained class", { (place: Int) in !rows.isAnomaly[place] }),
      ("other class", { (place: Int) in rows.isAnomaly[place] }),
      ("decided normal", { (place: Int) in rows.test[place] < threshold }),
      ("decided anomalous", { (place: Int) in rows.test[place] >= threshold }),
    ] {
      let own = zip(places, codes).filter { isWanted($0.0) }.map(\.1)
      series.append(Series("latent: \(name)", x: own.map { $0[0] }, y: own.map { $0[1] }))
    }
    return series
  }

  /// The share of the scores in each of 40 bins of equal width in the logarithm.
  ///
  /// The bins lie at whole tenths of a decade, so that two classes share theirs.
  static func histogram(_ name: String, _ scores: [Double]) -> Series {
    let logarithms = scores.filter { $0 > 0 && $0.isFinite }.map { Int((log10($0) * 10).rounded(.down)) }
    guard let low = logarithms.min(), let high = logarithms.max() else {
      return Series(name, x: [], y: [])
    }
    var counts = [Int](repeating: 0, count: min(high - low, 200) + 2)
    for bin in logarithms { counts[min(bin - low, counts.count - 2)] += 1 }
    return Series(
      name, x: counts.indices.map { pow(10, Double(low + $0) / 10) },
      y: counts.map { Double($0) / Double(scores.count) })
  }
}
