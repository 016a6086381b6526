import PicketData
import PicketNumbers

/// Draws rows at random, each at most once.
struct RowDraw {
  private var rows: [Int]

  /// Puts the rows in a random order.
  init(_ rows: [Int], using generator: inout SeededGenerator) {
    self.rows = rows
    generator.shuffle(&self.rows)
  }

  /// How many rows are left.
  var count: Int { rows.count }

  /// Takes so many rows, or what is left.
  mutating func take(_ wanted: Int) -> [Int] {
    let taken = Array(rows.prefix(max(0, wanted)))
    rows.removeFirst(taken.count)
    return taken
  }
}
