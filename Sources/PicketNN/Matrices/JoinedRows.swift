/// Rows of two matrices side by side, [a | b], as a discriminator of pairs reads them.
public final class JoinedRows {
  private let matrix: Matrix
  private let leftCount: Int

  /// Makes rows of zeros.
  public init(rows: Int, left: Int, right: Int) {
    matrix = Matrix(rows: rows, columns: left + right)
    leftCount = left
  }

  /// The first rows.
  public func view(_ count: Int) -> MatrixView { matrix.view.rows(0..<count) }

  /// Writes the left halves of rows from `first` on.
  public func setLeft(_ source: MatrixView, from first: Int) { copy(source, to: 0, first) }

  /// Writes the right halves of rows from `first` on.
  public func setRight(_ source: MatrixView, from first: Int) { copy(source, to: leftCount, first) }

  /// Reads the left halves of rows from `first` on.
  public func getLeft(_ target: MatrixView, from first: Int) { read(target, at: 0, first) }

  /// Reads the right halves of rows from `first` on.
  public func getRight(_ target: MatrixView, from first: Int) { read(target, at: leftCount, first) }

  private func copy(_ source: MatrixView, to column: Int, _ first: Int) {
    for row in 0..<source.rows {
      (matrix.view.base + (first + row) * matrix.columns + column)
        .update(from: source.base + row * source.columns, count: source.columns)
    }
  }

  private func read(_ target: MatrixView, at column: Int, _ first: Int) {
    for row in 0..<target.rows {
      (target.base + row * target.columns)
        .update(
          from: matrix.view.base + (first + row) * matrix.columns + column, count: target.columns)
    }
  }
}
