import COpenBLAS
import PicketNN
import PicketNumbers

/// Mean and covariance of rows, in double precision.
struct Moments {
  /// d numbers.
  let mean: [Double]
  /// d * d numbers, symmetric; divisor n - 1.
  let covariance: [Double]

  /// Takes the rows twice: for the mean, and for the products of what is left without it.
  ///
  /// - Throws: `TrainingError` for fewer than two rows.
  init(_ rows: SparseRows) throws(TrainingError) {
    guard rows.count > 1 else {
      throw TrainingError(
        description: "\(rows.count) normal rows; a covariance needs 2 at least")
    }
    MatrixProduct.useThreads(1)
    let width = rows.columnCount
    var mean = [Double](repeating: 0, count: width)
    for (column, value) in zip(rows.columns, rows.values) { mean[Int(column)] += Double(value) }
    for column in mean.indices { mean[column] /= Double(rows.count) }
    var covariance = [Double](repeating: 0, count: width * width)
    let block = DoubleRows(capacity: 512, columns: width)
    covariance.withUnsafeMutableBufferPointer { target in
      for range in (0..<rows.count).blocks(of: block.capacity) {
        block.load(rows, range, less: mean)
        cblas_dsyrk(
          CblasRowMajor, CblasLower, CblasTrans, Int32(width), Int32(range.count),
          1 / Double(rows.count - 1), block.base, Int32(width), 1, target.baseAddress,
          Int32(width))
      }
    }
    for row in 0..<width {
      for column in 0..<row { covariance[column * width + row] = covariance[row * width + column] }
    }
    self.mean = mean
    self.covariance = covariance
  }
}
