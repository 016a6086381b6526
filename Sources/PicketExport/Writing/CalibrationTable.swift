/// What share of normal records score how high.
///
/// The r-th highest of n held-out scores has an expected tail of r / (n + 1), whatever the
/// distribution. The 16 highest all become points, because budgets are small; below them each rank
/// that is a quarter larger, but at least one in twenty, because the drift monitor counts in tenths.
/// Where scores fall off exponentially, a straight line between two points is off by at most
/// 0.25² / 8 of the tail; the r-th highest score itself tells its tail to 1 / √r, which is more for
/// every rank below 16,000.
struct CalibrationTable {
  struct Point: Equatable {
    var score: Float
    var tail: Float
  }

  /// In ascending order of scores.
  let points: [Point]
  /// How many scores are behind them.
  let rows: Int

  /// Ranks that are all kept.
  static let denseRanks = 16
  /// The step between ranks below, as a share of the rank, and at most as one of all.
  static let growth = 0.25
  static let widest = 0.05

  /// Makes the table of scores of normal records.
  ///
  /// - Throws: When there are fewer than two different scores.
  init(scores: [Float]) throws(ExportError) {
    let descending = scores.sorted(by: >)
    let count = descending.count
    var points: [Point] = []
    var rank = 1
    while rank <= count {
      let score = descending[rank - 1]
      // Equal scores share the tail of the last of them: the share that scores this or higher.
      while rank < count && descending[rank] == score { rank += 1 }
      points.append(Point(score: score, tail: Float(Double(rank) / Double(count + 1))))
      if rank == count { break }
      let step = min(Double(rank) * Self.growth, Double(count) * Self.widest)
      rank = min(rank + (rank < Self.denseRanks ? 1 : max(1, Int(step.rounded(.up)))), count)
    }
    guard points.count >= 2 else {
      throw ExportError(
        "\(count) normal records have \(points.count) different scores; a calibration table "
          + "needs at least 2: hold out more normal records")
    }
    self.points = points.reversed()
    rows = count
  }

  /// A table that stands in until scores are known.
  static let placeholder = CalibrationTable()

  private init() {
    points = [Point(score: 0, tail: 1), Point(score: 1, tail: 0.5)]
    rows = 1
  }
}
