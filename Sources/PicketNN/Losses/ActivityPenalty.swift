/// A push of hidden activations towards zero: L = w sum |h| over all hidden numbers of some rows.
///
/// Of rectified activations it makes most exactly zero (an L1 penalty, "Deep Sparse Rectifier Neural
/// Networks", Glorot, Bordes and Bengio, 2011), and a scorer need not multiply by those.
public struct ActivityPenalty: Sendable {
  /// w.
  public let weight: Float
  /// How many rows of the batch, from the first one on, it is for.
  public let rows: Int

  /// A penalty of the first rows of a batch.
  public init(weight: Float, rows: Int) {
    self.weight = weight
    self.rows = rows
  }

  /// Adds dL/dh = w sign(h) to the gradient of a layer's activations; at 0 it is 0.
  func addGradient(of hidden: MatrixView, to gradient: MatrixView) {
    let (source, target) = (hidden.base, gradient.base)
    for index in 0..<min(rows, hidden.rows) * hidden.columns {
      let h = source[index]
      target[index] += h > 0 ? weight : h < 0 ? -weight : 0
    }
  }
}
