import PicketNN
import PicketNumbers

/// Keeps the largest singular value of each weight matrix of a network at 1 or below.
///
/// ```
/// v = W^T u / |W^T u|,  u = W v / |W v|,  sigma = u^T W v;  W <- W / max(1, sigma)
/// ```
///
/// One step of the power iteration after each step of the optimizer, as in "Spectral Normalization
/// for Generative Adversarial Networks" (Miyato and others, 2018, algorithm 1). The weights are
/// projected rather than divided inside the network, as in "Regularisation of Neural Networks by
/// Enforcing Lipschitz Continuity" (Gouk and others, 2018): the bound is the same, and no gradient
/// goes through it.
final class SpectralProjection {
  private let weights: [MatrixView]
  private let left: [Matrix]
  private let right: [Matrix]

  init(_ networks: [Perceptron], using generator: inout SeededGenerator) {
    weights = networks.flatMap { $0.layers.map(\.weights) }
    left = weights.map { Matrix(rows: 1, columns: $0.rows) }
    right = weights.map { Matrix(rows: 1, columns: $0.columns) }
    for vector in left { generator.fillNormal(vector.view) }
  }

  /// Projects every matrix.
  func apply() {
    for (index, w) in weights.enumerated() {
      let (u, v) = (left[index].view, right[index].view)
      v.fill(0)
      for row in 0..<w.rows {
        for column in 0..<w.columns { v[0, column] += w[row, column] * u[0, row] }
      }
      Self.normalize(v)
      for row in 0..<w.rows {
        var sum: Float = 0
        for column in 0..<w.columns { sum += w[row, column] * v[0, column] }
        u[0, row] = sum
      }
      // |W v| is u^T W v for the u that it is about to become.
      let sigma = Self.normalize(u)
      guard sigma > 1 else { continue }
      for place in 0..<w.count { w.base[place] /= sigma }
    }
  }

  @discardableResult
  private static func normalize(_ vector: MatrixView) -> Float {
    var squares: Float = 0
    for place in 0..<vector.count { squares += vector.base[place] * vector.base[place] }
    let length = squares.squareRoot()
    guard length > 0 else { return 0 }
    for place in 0..<vector.count { vector.base[place] /= length }
    return length
  }
}
