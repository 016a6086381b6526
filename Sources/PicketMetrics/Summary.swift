/// What several runs of one experiment gave.
public struct Summary: Sendable, Codable, Equatable {
  /// Number of runs.
  public let count: Int
  /// The sum over the count.
  public let mean: Double
  /// sqrt(sum (x - mean)^2 / count): the spread of these runs, not an estimate for others.
  public let deviation: Double
  /// The middle value; the mean of the middle two for an even count.
  public let median: Double
  /// The smallest value.
  public let minimum: Double
  /// The largest value.
  public let maximum: Double

  /// Summarises at least one number.
  ///
  /// - Returns: Nil for no numbers, or when one of them is not a number.
  public init?(_ values: [Double]) {
    guard !values.contains(where: \.isNaN) else { return nil }
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sorted.count)
    let middle = sorted.count / 2
    count = sorted.count
    self.mean = mean
    deviation = variance.squareRoot()
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    minimum = first
    maximum = last
  }
}
