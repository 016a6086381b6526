import PicketMetrics
import PicketNN

/// Judges an encoder on validation rows: the Gaussian of the normal ones, and how well the
/// distance from it tells the others.
final class LatentValidator {
  private let rows: SparseView
  private let normals: Int
  private let encoder: Perceptron
  private let ridge: Double
  private let codes: Matrix
  private let isAnomaly: [Bool]

  /// - Parameters:
  ///   - rows: The normal validation rows, then the anomalies.
  ///   - normals: How many of them are normal.
  ///   - encoder: Its output is the code.
  ///   - ridge: Added to each variance.
  init(rows: SparseView, normals: Int, encoder: Perceptron, ridge: Double) {
    self.rows = rows
    self.normals = normals
    self.encoder = encoder
    self.ridge = ridge
    codes = Matrix(rows: rows.count, columns: encoder.outputs)
    isAnomaly = (0..<rows.count).map { $0 >= normals }
  }

  /// AUC-PR of the Mahalanobis distance; not a number when the codes are not finite.
  func averagePrecision() -> Double {
    guard let gaussian = fit() else { return .nan }
    let size = codes.columns
    let scores = (0..<rows.count).map { row in
      let start = codes.view.base + row * size
      return gaussian.distance(to: UnsafeBufferPointer(start: start, count: size))
    }
    return DetectionCurve(scores: scores, isAnomaly: isAnomaly)?.averagePrecision ?? .nan
  }

  /// Encodes all rows and fits the Gaussian to the normal ones.
  func fit() -> LatentGaussian? {
    encode()
    return LatentGaussian(
      codes: codes.view.rows(0..<normals).elements, size: codes.columns, ridge: ridge)
  }

  private func encode() {
    for first in stride(from: 0, to: rows.count, by: encoder.maximumRows) {
      let range = first..<min(first + encoder.maximumRows, rows.count)
      encoder.forward(.sparse(rows.batch(range)), into: codes.view.rows(range))
    }
  }
}
