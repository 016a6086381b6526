/// Rows that stand for all where a few are enough: 2,000 normal ones and 500 anomalies at even
/// distances, or all if there are fewer.
public struct SampleRows {
  /// Normal rows, ascending as they were given.
  public let normal: [Int]
  /// Anomalies, likewise.
  public let anomalies: [Int]

  /// Picks some rows of each class.
  public init(normal: [Int], anomalies: [Int]) {
    self.normal = Self.evenly(normal, atMost: 2_000)
    self.anomalies = Self.evenly(anomalies, atMost: 500)
  }

  private static func evenly(_ rows: [Int], atMost count: Int) -> [Int] {
    rows.count <= count ? rows : (0..<count).map { rows[$0 * rows.count / count] }
  }
}
