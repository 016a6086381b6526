/// Rows of single-precision numbers, stored one row after the other, in memory that it owns.
///
/// Storage is aligned to 64 bytes, zeroed, and rounded up to 16 numbers, so that a loop over all
/// of it in 16-number vectors needs no tail. It is freed with the matrix: a `view` must not
/// outlive it.
public final class Matrix {
  /// Number of rows.
  public let rows: Int
  /// Numbers in a row.
  public let columns: Int
  let base: UnsafeMutablePointer<Float>
  let paddedCount: Int

  /// Makes a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
    self.rows = rows
    self.columns = columns
    paddedCount = max(16, (rows * columns + 15) / 16 * 16)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: paddedCount * 4, alignment: 64)
    base = bytes.bindMemory(to: Float.self, capacity: paddedCount)
    base.initialize(repeating: 0, count: paddedCount)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// All rows.
  public var view: MatrixView { MatrixView(base: base, rows: rows, columns: columns) }

  /// The numbers, row after row.
  public var elements: [Float] {
    Array(UnsafeBufferPointer(start: base, count: rows * columns))
  }

  /// Takes over the numbers of a matrix of the same shape.
  public func copy(from other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "same shape")
    base.update(from: other.base, count: paddedCount)
  }
}

/// A window on consecutive rows of a `Matrix`, which must stay alive meanwhile.
public struct MatrixView {
  /// The first number of the first row.
  public let base: UnsafeMutablePointer<Float>
  /// Number of rows.
  public let rows: Int
  /// Numbers in a row, and the distance from one row to the next.
  public let columns: Int

  /// Sees `rows * columns` numbers from `base` on.
  public init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
  }

  /// How many numbers are in view.
  public var count: Int { rows * columns }

  /// The number at a row and a column; both must be in range.
  public subscript(row: Int, column: Int) -> Float {
    get {
      assert(row >= 0 && row < rows && column >= 0 && column < columns)
      return base[row * columns + column]
    }
    nonmutating set {
      assert(row >= 0 && row < rows && column >= 0 && column < columns)
      base[row * columns + column] = newValue
    }
  }

  /// The window narrowed to some of its rows.
  public func rows(_ range: Range<Int>) -> MatrixView {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows within the view")
    return MatrixView(base: base + range.lowerBound * columns, rows: range.count, columns: columns)
  }

  /// Overwrites columns, from one on, with those of as many rows.
  public func setColumns(from column: Int, _ source: MatrixView) {
    precondition(source.rows == rows && column + source.columns <= columns, "columns of the view")
    for row in 0..<rows {
      (base + row * columns + column)
        .update(from: source.base + row * source.columns, count: source.columns)
    }
  }

  /// Copies columns, from one on, to as many rows.
  public func getColumns(from column: Int, _ target: MatrixView) {
    precondition(target.rows == rows && column + target.columns <= columns, "columns of the view")
    for row in 0..<rows {
      (target.base + row * target.columns)
        .update(from: base + row * columns + column, count: target.columns)
    }
  }

  /// Overwrites every number in view.
  public func fill(_ value: Float) {
    base.update(repeating: value, count: count)
  }

  /// The numbers, row after row.
  public var elements: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
