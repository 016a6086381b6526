/// What share of normal records score how high.
///
/// The r-th highest of n held-out scores has an expected tail of r / (n + 1), whatever the
/// distribution. The 64 highest all become points, and below them ever fewer: budgets are small.
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
  static let denseRanks = 64
  /// The step between ranks below.
  static let growth = 1.06

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
      let next = rank < Self.denseRanks ? rank + 1 : Int((Double(rank) * Self.growth).rounded(.up))
      rank = min(next, count)
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
