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
public final class SpectralProjection {
  private let weights: [MatrixView]
  private let left: [Matrix]
  private let right: [Matrix]

  /// Starts from random vectors.
  public init(_ networks: [Perceptron], using generator: inout SeededGenerator) {
    weights = networks.flatMap { $0.layers.map(\.weights) }
    left = weights.map { Matrix(rows: 1, columns: $0.rows) }
    right = weights.map { Matrix(rows: 1, columns: $0.columns) }
    for vector in left { generator.fillNormal(vector.view) }
  }

  /// Projects every matrix.
  public func apply() {
    for (index, w) in weights.enumerated() {
      let (u, v) = (left[index].view, right[index].view)
      MatrixProduct.multiply(u, w, into: v)
      Self.normalize(v)
      MatrixProduct.multiplyByTransposed(v, w, into: u)
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
