import PicketNumbers

/// Finds the nearest of the rows it keeps, exactly: every distance is computed.
///
/// Candidates are told by `SquaredDistances`; the distances of those that are kept are computed
/// once more, as sums of squared differences, which does not cancel.
///
/// Of rows at the same distance the earlier is nearer. Distances that differ by less than the
/// rounding of the products, about 1e-15 of the squared lengths, count as either.
struct NeighbourSearch: Sendable {
  /// The rows to find.
  let rows: SparseRows
  /// k, at most as many as there are rows.
  let neighbours: Int

  /// A row that was found.
  struct Neighbour {
    var index: Int
    var squaredDistance: Double
  }

  /// Keeps rows.
  init(rows: SparseRows, neighbours: Int) throws(TrainingError) {
    try TrainingError.check("the number of neighbours", [neighbours])
    guard rows.count >= neighbours else {
      throw TrainingError(
        description: "\(rows.count) rows to learn from; \(neighbours) neighbours need as many")
    }
    self.rows = rows
    self.neighbours = neighbours
  }

  /// Gives each row's k nearest, the nearest first, to `judge`.
  func scores(
    _ queries: SparseRows, _ judge: (UnsafeBufferPointer<Neighbour>) -> Double
  ) -> [Double] {
    let none = Neighbour(index: -1, squaredDistance: .infinity)
    var found = [Neighbour](repeating: none, count: queries.count * neighbours)
    return found.withUnsafeMutableBufferPointer { found in
      SquaredDistances(from: rows).forEach(queries) { query, others, distances in
        let best = UnsafeMutableBufferPointer(
          rebasing: found[query * neighbours..<(query + 1) * neighbours])
        var worst = best[neighbours - 1].squaredDistance
        for position in 0..<distances.count where distances[position] < worst {
          Self.insert(
            Neighbour(
              index: others.lowerBound + position, squaredDistance: distances[position]),
            into: best)
          worst = best[neighbours - 1].squaredDistance
        }
      }
      let query = DoubleRows(capacity: 1, columns: rows.columnCount)
      let other = DoubleRows(capacity: 1, columns: rows.columnCount)
      return (0..<queries.count).map { row in
        query.load(queries, row..<row + 1)
        var best = UnsafeMutableBufferPointer(
          rebasing: found[row * neighbours..<(row + 1) * neighbours])
        for position in best.indices {
          other.load(rows, best[position].index..<best[position].index + 1)
          best[position].squaredDistance = (0..<rows.columnCount).reduce(0.0) {
            let difference = query.base[$1] - other.base[$1]
            return $0 + difference * difference
          }
        }
        best.sort { ($0.squaredDistance, $0.index) < ($1.squaredDistance, $1.index) }
        return judge(UnsafeBufferPointer(best))
      }
    }
  }

  /// Puts a neighbour in its place; the farthest falls out.
  private static func insert(
    _ neighbour: Neighbour, into best: UnsafeMutableBufferPointer<Neighbour>
  ) {
    var place = best.count - 1
    while place > 0, best[place - 1].squaredDistance > neighbour.squaredDistance {
      best[place] = best[place - 1]
      place -= 1
    }
    best[place] = neighbour
  }
}
