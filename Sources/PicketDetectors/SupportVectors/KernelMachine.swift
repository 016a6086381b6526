import Foundation
import PicketNumbers

/// A sum of radial basis functions around support vectors.
///
/// ```
/// f(x) = sum_i coefficient_i exp(-gamma |x - v_i|^2) + offset
/// ```
///
/// The distances of many rows are matrix products; libsvm's own `svm_predict_values` goes through
/// every pair's entries.
struct KernelMachine: Sendable {
  /// v.
  let supportVectors: SparseRows
  /// One a vector.
  let coefficients: [Double]
  let offset: Double
  let gamma: Double

  /// f for each row.
  func values(_ rows: SparseRows) -> [Double] {
    var sums = [Double](repeating: offset, count: rows.count)
    sums.withUnsafeMutableBufferPointer { sums in
      coefficients.withUnsafeBufferPointer { coefficients in
        SquaredDistances(from: supportVectors).forEach(rows) { row, vectors, distances in
          var sum = 0.0
          for position in 0..<distances.count {
            sum +=
              coefficients[vectors.lowerBound + position]
              * exp(-gamma * max(distances[position], 0))
          }
          sums[row] += sum
        }
      }
    }
    return sums
  }
}

/// A machine whose values fall as rows become more anomalous.
struct FittedKernelMachine: FittedDetector {
  let machine: KernelMachine

  /// The vectors, their coefficients, the offset and gamma.
  var scoringBytes: Int {
    machine.supportVectors.byteCount + 8 * machine.coefficients.count + 16
  }

  func scores(_ rows: SparseRows) -> [Double] { machine.values(rows).map { -$0 } }
}
