/// Rows of mostly zeros, as compressed sparse rows: only the non-zero numbers are stored.
///
/// A connection record has about 17 to 22 non-zero inputs of 122.
public struct SparseRows: Sendable, Equatable {
  /// Row r holds entries `rowStart[r] ..< rowStart[r + 1]`; one more number than there are rows.
  public let rowStart: [Int32]
  /// The column of each entry.
  public let columns: [Int32]
  /// The value of each entry.
  public let values: [Float]
  /// The length of a row with its zeros.
  public let columnCount: Int

  /// Number of rows.
  public var count: Int { rowStart.count - 1 }

  /// Takes rows that are already compressed.
  ///
  /// - Precondition: `rowStart` begins with 0, never falls and ends with the number of entries;
  ///   each entry has a column within `columnCount`.
  public init(rowStart: [Int32], columns: [Int32], values: [Float], columnCount: Int) {
    precondition(columns.count == values.count, "a column for each value")
    precondition(rowStart.first == 0 && rowStart.last == Int32(columns.count))
    precondition(zip(rowStart, rowStart.dropFirst()).allSatisfy { $0 <= $1 }, "rows in order")
    precondition(columns.allSatisfy { $0 >= 0 && $0 < columnCount }, "columns within the row")
    self.rowStart = rowStart
    self.columns = columns
    self.values = values
    self.columnCount = columnCount
  }

  /// Compresses dense rows.
  ///
  /// - Precondition: Each row has `columnCount` numbers.
  public init(dense rows: [[Float]], columnCount: Int) {
    var rowStart: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in rows {
      precondition(row.count == columnCount, "rows of one length")
      for (column, value) in row.enumerated() where value != 0 {
        columns.append(Int32(column))
        values.append(value)
      }
      rowStart.append(Int32(columns.count))
    }
    self.init(rowStart: rowStart, columns: columns, values: values, columnCount: columnCount)
  }

  /// The rows of `first`, then those of `second`.
  public init(_ first: SparseRows, then second: SparseRows) {
    precondition(first.columnCount == second.columnCount, "rows of one length")
    let shift = Int32(first.columns.count)
    rowStart = first.rowStart + second.rowStart.dropFirst().map { $0 + shift }
    columns = first.columns + second.columns
    values = first.values + second.values
    columnCount = first.columnCount
  }

  /// Row `index` with its zeros, `columnCount` numbers.
  public func denseRow(_ index: Int) -> [Float] {
    var row = [Float](repeating: 0, count: columnCount)
    for entry in Int(rowStart[index])..<Int(rowStart[index + 1]) {
      row[Int(columns[entry])] = values[entry]
    }
    return row
  }
}
