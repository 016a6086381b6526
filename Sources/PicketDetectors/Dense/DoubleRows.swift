import PicketNumbers

/// Rows of double-precision numbers, one after the other, in memory that it owns.
final class DoubleRows {
  let base: UnsafeMutablePointer<Double>
  /// The most rows that it holds.
  let capacity: Int
  /// Numbers in a row, and the distance from one row to the next.
  let columns: Int

  /// Makes rows of zeros.
  init(capacity: Int, columns: Int) {
    self.capacity = capacity
    self.columns = columns
    base = .allocate(capacity: max(capacity * columns, 1))
    base.initialize(repeating: 0, count: max(capacity * columns, 1))
  }

  deinit { base.deallocate() }

  /// Takes over some rows with their zeros, less `offset` if there is one; columns beyond those
  /// of `rows` stay as they are.
  func load(_ rows: SparseRows, _ range: Range<Int>, less offset: [Double]? = nil) {
    precondition(range.count <= capacity && rows.columnCount <= columns, "rows that fit")
    for (position, row) in range.enumerated() {
      let target = base + position * columns
      target.update(repeating: 0, count: rows.columnCount)
      for entry in Int(rows.rowStart[row])..<Int(rows.rowStart[row + 1]) {
        target[Int(rows.columns[entry])] = Double(rows.values[entry])
      }
      guard let offset else { continue }
      for column in offset.indices { target[column] -= offset[column] }
    }
  }
}

extension Range<Int> {
  /// The range in consecutive parts of at most `size`.
  func blocks(of size: Int) -> some Sequence<Range<Int>> {
    stride(from: lowerBound, to: upperBound, by: size).lazy.map { first in
      first..<Swift.min(first + size, upperBound)
    }
  }
}
