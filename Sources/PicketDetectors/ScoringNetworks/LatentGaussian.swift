/// The distribution that the codes of normal records have: N(mean, covariance).
///
/// An encoder is trained towards N(0, I) but ends a little beside it, so the distribution that
/// scores are measured against is fitted afterwards, on records the training has not seen
/// (AnoEAN, section 3.1).
public struct LatentGaussian: Sendable, Codable, Equatable {
  /// d numbers.
  public let mean: [Double]
  /// d * d numbers, symmetric and positive definite.
  public let covariance: [Double]
  /// L, lower triangular, covariance = L L^T, d * d numbers.
  public let factor: [Double]

  /// Number of coordinates.
  public var size: Int { mean.count }

  /// Takes a known distribution.
  ///
  /// - Returns: Nil when the covariance is not positive definite or a number is not finite.
  public init?(mean: [Double], covariance: [Double]) {
    let size = mean.count
    precondition(covariance.count == size * size, "d * d numbers")
    guard mean.allSatisfy(\.isFinite), covariance.allSatisfy(\.isFinite) else { return nil }
    var factor = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        var sum = covariance[row * size + column]
        for k in 0..<column { sum -= factor[row * size + k] * factor[column * size + k] }
        if row == column {
          guard sum > 0 else { return nil }
          factor[row * size + row] = sum.squareRoot()
        } else {
          factor[row * size + column] = sum / factor[column * size + column]
        }
      }
    }
    self.mean = mean
    self.covariance = covariance
    self.factor = factor
  }

  /// Fits the distribution to codes: their mean and their covariance (divisor n - 1).
  ///
  /// - Parameters:
  ///   - codes: n rows of d numbers.
  ///   - size: d.
  ///   - ridge: Added to each variance, so that a coordinate that never varies does no harm.
  /// - Returns: Nil for fewer than two codes, or when a code is not finite.
  public init?(codes: [Float], size: Int, ridge: Double = 1e-6) {
    let rows = codes.count / max(size, 1)
    guard rows > 1 else { return nil }
    var mean = [Double](repeating: 0, count: size)
    for row in 0..<rows { for i in 0..<size { mean[i] += Double(codes[row * size + i]) } }
    for i in 0..<size { mean[i] /= Double(rows) }
    var covariance = [Double](repeating: 0, count: size * size)
    var centred = mean
    for row in 0..<rows {
      for i in 0..<size { centred[i] = Double(codes[row * size + i]) - mean[i] }
      for i in 0..<size { for j in 0...i { covariance[i * size + j] += centred[i] * centred[j] } }
    }
    for i in 0..<size {
      for j in 0...i {
        let value = covariance[i * size + j] / Double(rows - 1) + (i == j ? ridge : 0)
        covariance[i * size + j] = value
        covariance[j * size + i] = value
      }
    }
    self.init(mean: mean, covariance: covariance)
  }

  /// sqrt((z - mean)^T covariance^-1 (z - mean)) (AnoEAN, equation 3).
  ///
  /// Solves L w = z - mean; the distance is the length of w.
  ///
  /// - Parameter code: z, d numbers.
  public func distance<Number: BinaryFloatingPoint, Code: RandomAccessCollection<Number>>(
    to code: Code
  ) -> Double where Code.Index == Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { solved in
      var squares = 0.0
      for row in 0..<size {
        var sum = Double(code[code.startIndex + row]) - mean[row]
        for k in 0..<row { sum -= factor[row * size + k] * solved[k] }
        solved[row] = sum / factor[row * size + row]
        squares += solved[row] * solved[row]
      }
      return squares.squareRoot()
    }
  }
}
