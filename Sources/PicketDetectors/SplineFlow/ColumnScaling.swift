import Foundation
import PicketNN
import PicketNumbers

/// Takes each column to mean 0 and deviation 1, as it is among the rows that it was fitted to.
struct ColumnScaling: Sendable {
  let means: [Float]
  /// One over the deviation.
  let factors: [Float]

  /// - Parameters:
  ///   - rows: One row at least.
  ///   - leastDeviation: What a column's deviation counts at least, so that one that never varied
  ///     does not count for infinitely much when it does.
  init(_ rows: SparseRows, leastDeviation: Float) {
    var sums = [Double](repeating: 0, count: rows.columnCount)
    var squares = sums
    for (column, value) in zip(rows.columns, rows.values) {
      sums[Int(column)] += Double(value)
      squares[Int(column)] += Double(value) * Double(value)
    }
    let count = Double(rows.count)
    means = sums.map { Float($0 / count) }
    factors = zip(sums, squares).map { sum, square in
      let variance = square / count - (sum / count) * (sum / count)
      return 1 / max(Float(max(variance, 0).squareRoot()), leastDeviation)
    }
  }

  /// The rows of a batch in the scaled columns' units.
  func apply(_ batch: SparseBatch, into rows: MatrixView) {
    batch.scatter(into: rows)
    means.withUnsafeBufferPointer { means in
      factors.withUnsafeBufferPointer { factors in
        for row in 0..<rows.rows {
          let values = rows.base + row * rows.columns
          for column in 0..<rows.columns {
            values[column] = (values[column] - means[column]) * factors[column]
          }
        }
      }
    }
  }

  /// log |d(scaled)/d(row)|, in nats.
  var logDeterminant: Double { factors.reduce(0) { $0 + log(Double($1)) } }

  /// Bytes of the numbers.
  var bytes: Int { (means.count + factors.count) * MemoryLayout<Float>.size }
}
