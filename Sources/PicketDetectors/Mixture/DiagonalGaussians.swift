import COpenBLAS
import Foundation
import PicketNN
import PicketNumbers

/// A mixture of Gaussians with diagonal covariances.
///
/// ```
/// p(x) = sum_k w_k N(x; mu_k, diag v_k)
/// ln w_k N(x; mu_k, diag v_k) = c_k + [x | x^2] . [mu_k / v_k | -1 / (2 v_k)]
/// c_k = ln w_k - (d ln 2 pi + sum_j (ln v_kj + mu_kj^2 / v_kj)) / 2
/// ```
///
/// Written so, the densities of many rows under all components are one matrix product.
struct DiagonalGaussians: Sendable {
  /// w, k numbers that sum to 1.
  let weights: [Double]
  /// mu, k * d numbers.
  let means: [Double]
  /// v, k * d positive numbers.
  let variances: [Double]

  /// k.
  var count: Int { weights.count }
  /// d.
  var size: Int { means.count / weights.count }

  /// Hands `body` the joint log-densities of consecutive rows under every component.
  ///
  /// - Parameters:
  ///   - rows: Rows of d numbers.
  ///   - body: Receives the rows of a block as [x | x^2], the joint log-densities, k for a row, and how
  ///     many rows the block has; both are its to change until it returns.
  func forEachBlock(_ rows: SparseRows, _ body: (DoubleRows, DoubleRows, Int) -> Void) {
    precondition(rows.columnCount == size, "rows as long as the mixture's")
    MatrixProduct.useThreads(1)
    let coefficients = coefficients()
    let constants = constants()
    let pairs = DoubleRows(capacity: 512, columns: 2 * size)
    let densities = DoubleRows(capacity: 512, columns: count)
    for range in (0..<rows.count).blocks(of: pairs.capacity) {
      pairs.load(rows, range)
      for position in 0..<range.count {
        let row = pairs.base + position * pairs.columns
        for column in 0..<size { row[size + column] = row[column] * row[column] }
        (densities.base + position * count).update(from: constants, count: count)
      }
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(range.count), Int32(count),
        Int32(2 * size), 1, pairs.base, Int32(2 * size), coefficients, Int32(2 * size), 1,
        densities.base, Int32(count))
      body(pairs, densities, range.count)
    }
  }

  /// ln p(x) of each row, in nats.
  func logDensities(_ rows: SparseRows) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows.count)
    forEachBlock(rows) { _, densities, lines in
      for position in 0..<lines {
        let row = UnsafeMutableBufferPointer(
          start: densities.base + position * count, count: count)
        result.append(Self.exponentiate(row))
      }
    }
    return result
  }

  /// Turns joint log-densities into shares that sum to 1.
  ///
  /// - Returns: The logarithm of their sum before.
  static func exponentiate(_ row: UnsafeMutableBufferPointer<Double>) -> Double {
    let largest = row.max() ?? 0
    var sum = 0.0
    for index in row.indices {
      row[index] = exp(row[index] - largest)
      sum += row[index]
    }
    for index in row.indices { row[index] /= sum }
    return largest + log(sum)
  }

  private func coefficients() -> [Double] {
    (0..<count).flatMap { component in
      let part = component * size..<(component + 1) * size
      return part.map { means[$0] / variances[$0] } + part.map { -0.5 / variances[$0] }
    }
  }

  private func constants() -> [Double] {
    (0..<count).map { component in
      let sum = (component * size..<(component + 1) * size).reduce(0) {
        $0 + log(variances[$1]) + means[$1] * means[$1] / variances[$1]
      }
      return log(weights[component]) - (Double(size) * log(2 * .pi) + sum) / 2
    }
  }
}
