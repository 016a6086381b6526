/// Inputs of some rows, as a dense matrix.
public struct EncodedRows: Sendable, Equatable {
  /// How many rows.
  public let rowCount: Int
  /// How many inputs a row has.
  public let columnCount: Int
  /// The inputs, row after row.
  public let values: [Float]
}
