/// Inputs of some rows, as a dense matrix.
public struct EncodedRows: Sendable, Equatable {
  /// How many rows.
  public let rowCount: Int
  /// How many inputs a row has.
  public let columnCount: Int
  /// The inputs, row after row.
  public let values: [Float]
}

/// Inputs of some rows, as a matrix of which only the non-zero inputs are kept (CSR).
///
/// Row r has the inputs at positions `rowStart[r]` ..< `rowStart[r + 1]` of `column` and `value`,
/// in ascending order of column. The values are those of the dense form, bit for bit.
public struct SparseRows: Sendable, Equatable {
  /// How many rows.
  public let rowCount: Int
  /// How many inputs a row has.
  public let columnCount: Int
  /// Where each row begins, and at last where the last one ends.
  public let rowStart: [Int32]
  /// The inputs' positions in their rows.
  public let column: [Int32]
  /// The inputs, none of them zero.
  public let value: [Float]
}
