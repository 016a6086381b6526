import COpenBLAS
import PicketNN
import PicketNumbers

/// Squared Euclidean distances between many rows and a fixed set of others, block by block.
///
/// ```
/// |a - b|^2 = |a|^2 + |b|^2 - 2 a.b = [a | |a|^2 | 1] . [-2 b | 1 | |b|^2]
/// ```
///
/// With two more columns on either side the distances are one matrix product. Rounding leaves
/// about 1e-15 (|a|^2 + |b|^2), of either sign: a distance of 0 may come out just below it.
final class SquaredDistances {
  /// Rows and others of a block: half a megabyte of distances, which stays in the second cache.
  private static let blockRows = 128
  private static let blockOthers = 512

  private let others: SparseRows
  private let norms: [Double]
  private let left: DoubleRows
  private let right: DoubleRows
  private let distances: DoubleRows

  /// Prepares for distances from `others`.
  init(from others: SparseRows) {
    MatrixProduct.useThreads(1)
    self.others = others
    norms = others.squaredNorms
    left = DoubleRows(capacity: Self.blockRows, columns: others.columnCount + 2)
    right = DoubleRows(capacity: Self.blockOthers, columns: others.columnCount + 2)
    distances = DoubleRows(capacity: Self.blockRows, columns: Self.blockOthers)
  }

  /// Hands every row its distances from consecutive parts of the others, those parts in order.
  ///
  /// - Parameter body: Receives the row, the part of the others, and a distance for each of them,
  ///   valid until it returns.
  func forEach(
    _ rows: SparseRows, _ body: (Int, Range<Int>, UnsafeBufferPointer<Double>) -> Void
  ) {
    precondition(rows.columnCount == others.columnCount, "rows as long as those learned from")
    let rowNorms = rows.squaredNorms
    let width = others.columnCount
    for rowBlock in (0..<rows.count).blocks(of: Self.blockRows) {
      left.load(rows, rowBlock)
      for (position, row) in rowBlock.enumerated() {
        left.base[position * left.columns + width] = rowNorms[row]
        left.base[position * left.columns + width + 1] = 1
      }
      for otherBlock in (0..<others.count).blocks(of: Self.blockOthers) {
        load(otherBlock)
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rowBlock.count), Int32(otherBlock.count),
          Int32(width + 2), 1, left.base, Int32(left.columns), right.base, Int32(right.columns), 0,
          distances.base, Int32(distances.columns))
        for (position, row) in rowBlock.enumerated() {
          let start = distances.base + position * distances.columns
          body(row, otherBlock, UnsafeBufferPointer(start: start, count: otherBlock.count))
        }
      }
    }
  }

  private func load(_ block: Range<Int>) {
    right.load(others, block)
    let width = others.columnCount
    for (position, other) in block.enumerated() {
      let target = right.base + position * right.columns
      for column in 0..<width { target[column] *= -2 }
      target[width] = 1
      target[width + 1] = norms[other]
    }
  }
}

extension SparseRows {
  /// |x|^2 of each row.
  fileprivate var squaredNorms: [Double] {
    (0..<count).map { row in
      values[Int(rowStart[row])..<Int(rowStart[row + 1])].reduce(0.0) {
        $0 + Double($1) * Double($1)
      }
    }
  }
}
