/// What a layer reads: dense rows, or the sparse rows of a batch.
public enum LayerInput {
  /// Rows of another layer's outputs.
  case dense(MatrixView)
  /// Rows of a data set.
  case sparse(SparseBatch)

  /// Number of rows.
  public var rows: Int {
    switch self {
    case .dense(let view): view.rows
    case .sparse(let batch): batch.count
    }
  }
}
