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
  public func setLeft(_ source: MatrixView, from first: Int) {
    rows(first, source.rows).setColumns(from: 0, source)
  }

  /// Writes the right halves of rows from `first` on.
  public func setRight(_ source: MatrixView, from first: Int) {
    rows(first, source.rows).setColumns(from: leftCount, source)
  }

  /// Reads the left halves of rows from `first` on.
  public func getLeft(_ target: MatrixView, from first: Int) {
    rows(first, target.rows).getColumns(from: 0, target)
  }

  /// Reads the right halves of rows from `first` on.
  public func getRight(_ target: MatrixView, from first: Int) {
    rows(first, target.rows).getColumns(from: leftCount, target)
  }

  private func rows(_ first: Int, _ count: Int) -> MatrixView {
    matrix.view.rows(first..<first + count)
  }
}
