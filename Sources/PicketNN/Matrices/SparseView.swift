import PicketNumbers

/// The rows of a `SparseRows` as plain pointers, for as long as `withView` lends them.
public struct SparseView {
  let rowStart: UnsafePointer<Int32>
  let columns: UnsafePointer<Int32>
  let values: UnsafePointer<Float>
  /// Number of rows.
  public let count: Int
  /// The length of a row with its zeros.
  public let columnCount: Int

  /// Some rows, in the order that `indices` names them; `indices` must outlive the batch.
  public func batch(_ indices: UnsafeBufferPointer<Int32>) -> SparseBatch {
    SparseBatch(rows: self, indices: indices.baseAddress, first: 0, count: indices.count)
  }

  /// Consecutive rows.
  public func batch(_ range: Range<Int>) -> SparseBatch {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "rows within the view")
    return SparseBatch(rows: self, indices: nil, first: range.lowerBound, count: range.count)
  }
}

/// The rows of a view that one step works on: nothing is gathered, only named.
public struct SparseBatch {
  let rows: SparseView
  let indices: UnsafePointer<Int32>?
  let first: Int
  /// Number of rows.
  public let count: Int

  /// The entries of the batch's row `position`.
  @inline(__always)
  func entries(_ position: Int) -> Range<Int> {
    let row = if let indices { Int(indices[position]) } else { first + position }
    return Int(rows.rowStart[row])..<Int(rows.rowStart[row + 1])
  }

  /// Number of non-zero numbers in its rows.
  public var entryCount: Int { (0..<count).reduce(0) { $0 + entries($1).count } }

  /// Writes the rows with their zeros, for a loss that compares with them.
  public func scatter(into dense: MatrixView) {
    precondition(dense.rows == count && dense.columns == rows.columnCount, "shape of the batch")
    dense.fill(0)
    for position in 0..<count {
      let target = dense.base + position * dense.columns
      for entry in entries(position) { target[Int(rows.columns[entry])] = rows.values[entry] }
    }
  }
}

extension SparseRows {
  /// Lends the rows to `body` as plain pointers, valid until it returns.
  public func withView<Result, Failure: Error>(
    _ body: (SparseView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try rowStart.withUnsafeBufferPointer { starts throws(Failure) in
      try columns.withUnsafeBufferPointer { columns throws(Failure) in
        try values.withUnsafeBufferPointer { values throws(Failure) in
          guard let starts = starts.baseAddress, let columns = columns.baseAddress,
            let values = values.baseAddress
          else { preconditionFailure("an array lends its address, even an empty one") }
          return try body(
            SparseView(
              rowStart: starts, columns: columns, values: values, count: count,
              columnCount: columnCount))
        }
      }
    }
  }
}
