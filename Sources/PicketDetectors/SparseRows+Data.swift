import PicketData
import PicketNN

extension PicketNN.SparseRows {
  /// Takes over rows that an encoding has made from a table; nothing is copied.
  public init(_ rows: PicketData.SparseRows) {
    self.init(
      rowStart: rows.rowStart, columns: rows.column, values: rows.value,
      columnCount: rows.columnCount)
  }
}
