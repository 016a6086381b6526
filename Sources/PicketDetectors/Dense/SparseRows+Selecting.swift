import PicketNumbers

extension SparseRows {
  /// Some rows, in the order that `indices` names them.
  func rows(at indices: [Int]) -> SparseRows {
    var starts: [Int32] = [0]
    var chosenColumns: [Int32] = []
    var chosenValues: [Float] = []
    for index in indices {
      let entries = Int(rowStart[index])..<Int(rowStart[index + 1])
      chosenColumns += columns[entries]
      chosenValues += values[entries]
      starts.append(Int32(chosenColumns.count))
    }
    return SparseRows(
      rowStart: starts, columns: chosenColumns, values: chosenValues, columnCount: columnCount)
  }

  /// All rows when there are no more than `limit`; otherwise `limit` of them, drawn without
  /// replacement, in their order.
  func sample(atMost limit: Int, using generator: inout SeededGenerator) -> SparseRows {
    guard count > limit else { return self }
    return rows(at: generator.sample(limit, of: count).sorted())
  }

  /// Bytes of the three arrays.
  var byteCount: Int { 4 * (rowStart.count + columns.count + values.count) }
}

extension SeededGenerator {
  /// Different numbers of 0 ..< count, each choice and order equally likely: the beginning of
  /// Fisher and Yates's shuffle.
  mutating func sample(_ size: Int, of count: Int) -> [Int] {
    var numbers = Array(0..<count)
    for position in 0..<Swift.min(size, count) {
      numbers.swapAt(position, position + below(count - position))
    }
    return Array(numbers.prefix(size))
  }
}
