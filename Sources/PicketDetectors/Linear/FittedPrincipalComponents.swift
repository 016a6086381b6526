import COpenBLAS
import PicketNN
import PicketNumbers

/// A mean and the directions in which normal records vary most.
public struct FittedPrincipalComponents: FittedDetector {
  /// d numbers.
  public let mean: [Double]
  /// V, k rows of d numbers of length 1, the most variance first.
  public let directions: [Double]
  /// The variance along each direction, divisor n - 1.
  public let variances: [Double]
  /// The sum of all inputs' variances.
  public let totalVariance: Double
  /// What a score is.
  public let reduction: PrincipalComponents.Reduction

  /// The share of the variance that each direction explains; 0 where nothing varies.
  public var explainedVarianceRatio: [Double] {
    variances.map { totalVariance > 0 ? $0 / totalVariance : 0 }
  }

  /// Mean and directions.
  public var scoringBytes: Int { 8 * (mean.count + directions.count) }

  /// The mean or the sum of the squared residual.
  public func scores(_ rows: SparseRows) -> [Double] {
    let squares = squaredResiduals(rows)
    return reduction == .sum ? squares : squares.map { $0 / Double(mean.count) }
  }

  /// |r|^2 of each row.
  public func squaredResiduals(_ rows: SparseRows) -> [Double] {
    precondition(rows.columnCount == mean.count, "rows as long as those learned from")
    MatrixProduct.useThreads(1)
    let (width, count) = (Int32(mean.count), Int32(variances.count))
    let residual = DoubleRows(capacity: 512, columns: mean.count)
    let codes = DoubleRows(capacity: 512, columns: variances.count)
    var squares: [Double] = []
    squares.reserveCapacity(rows.count)
    for range in (0..<rows.count).blocks(of: residual.capacity) {
      residual.load(rows, range, less: mean)
      let lines = Int32(range.count)
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, lines, count, width, 1, residual.base, width,
        directions, width, 0, codes.base, count)
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, lines, width, count, -1, codes.base, count,
        directions, width, 1, residual.base, width)
      for position in 0..<range.count {
        let row = residual.base + position * residual.columns
        squares.append(cblas_ddot(width, row, 1, row, 1))
      }
    }
    return squares
  }
}
