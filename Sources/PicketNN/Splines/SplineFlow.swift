import Foundation
import PicketNumbers

/// A density of rows: coupling layers that carry it to N(0, I), one after the other.
///
/// ```
/// log p(x) = log N(z; 0, I) + log |dz/dx|,   z = f_n(... f_1(x))
/// ```
///
/// "Neural Spline Flows" (Durkan and others, 2019, equation 1), without the learnt linear maps that the
/// publication puts between layers. `forward`, `backward` and `inverse` allocate nothing.
public final class SplineFlow {
  /// What a flow is, before it has numbers.
  public struct Shape: Sendable, Codable, Hashable {
    /// Numbers in a row.
    public let columns: Int
    /// For each coupling layer, the columns that it moves; it lets the others pass.
    public let moved: [[Int]]
    /// The widths of a layer's network.
    public let hidden: [Int]
    /// Beyond this distance from 0 a number is left where it is.
    public let bound: Float

    /// Takes layers that are known.
    ///
    /// - Precondition: Each moves some columns and lets some pass.
    public init(columns: Int, moved: [[Int]], hidden: [Int], bound: Float) {
      self.columns = columns
      self.moved = moved
      self.hidden = hidden
      self.bound = bound
    }

    /// Draws which columns move when: of two layers the second moves what the first let pass.
    ///
    /// - Precondition: There are at least two columns.
    public init(
      columns: Int, couplings: Int, hidden: [Int], bound: Float,
      using generator: inout SeededGenerator
    ) {
      var order = Array(0..<columns)
      let moved = (0..<couplings).map { coupling in
        if coupling % 2 == 0 { generator.shuffle(&order) }
        let half = coupling % 2 == 0 ? order[..<(columns / 2)] : order[(columns / 2)...]
        return half.sorted()
      }
      self.init(columns: columns, moved: moved, hidden: hidden, bound: bound)
    }
  }

  /// What it is.
  public let shape: Shape
  /// The layers, from the rows to N(0, I).
  public let couplings: [SplineCoupling]
  /// Their networks.
  public var networks: [Perceptron] { couplings.map(\.network) }

  /// What each layer reads; the last is z.
  private let stages: [Matrix]
  private let gradients: Matrix
  private let logDeterminants: Matrix

  /// Lays out a flow that is the identity.
  public init(_ shape: Shape, maximumRows: Int) {
    self.shape = shape
    couplings = shape.moved.map { moved in
      let kept = Set(moved)
      return SplineCoupling(
        passing: (0..<shape.columns).filter { !kept.contains($0) }, moved: moved,
        hidden: shape.hidden, bound: shape.bound, maximumRows: maximumRows)
    }
    stages = (0...couplings.count).map { _ in Matrix(rows: maximumRows, columns: shape.columns) }
    gradients = Matrix(rows: maximumRows, columns: shape.columns)
    logDeterminants = Matrix(rows: maximumRows, columns: 1)
  }

  /// Draws the weights; the flow remains the identity.
  public func initialize(using generator: inout SeededGenerator) {
    for coupling in couplings { coupling.initialize(using: &generator) }
  }

  /// log p of rows, in nats.
  ///
  /// - Parameters:
  ///   - rows: m rows, m up to the flow's most.
  ///   - logLikelihoods: Receives m numbers.
  public func forward(_ rows: MatrixView, logLikelihoods: MatrixView) {
    let range = 0..<rows.rows
    let determinants = logDeterminants.view.rows(range)
    determinants.fill(0)
    stages[0].base.update(from: rows.base, count: rows.count)
    for (index, coupling) in couplings.enumerated() {
      coupling.forward(
        stages[index].view.rows(range), into: stages[index + 1].view.rows(range),
        logDeterminants: determinants)
    }
    let z = latent(rows.rows)
    let constant = -0.5 * Float(z.columns) * log(2 * Float.pi)
    for row in range {
      var square: Float = 0
      for column in 0..<z.columns { square += z[row, column] * z[row, column] }
      logLikelihoods.base[row] = constant - 0.5 * square + determinants.base[row]
    }
  }

  /// z of the last `forward`.
  public func latent(_ rows: Int) -> MatrixView { stages[couplings.count].view.rows(0..<rows) }

  /// The mean of log |dz/dx| over the last `forward`'s rows.
  public func meanLogDeterminant(_ rows: Int) -> Double {
    (0..<rows).reduce(0) { $0 + Double(logDeterminants.base[$1]) } / Double(rows)
  }

  /// The gradient of minus the mean log p of the last `forward`'s rows, in the networks.
  ///
  /// - Parameter rows: How many they were.
  /// - Returns: Its gradient in the rows.
  @discardableResult
  public func backward(_ rows: Int) -> MatrixView {
    let (z, gradient) = (latent(rows), gradients.view.rows(0..<rows))
    let weight = 1 / Float(rows)
    for index in 0..<z.count { gradient.base[index] = weight * z.base[index] }
    for (index, coupling) in couplings.enumerated().reversed() {
      coupling.backward(
        stages[index].view.rows(0..<rows), gradient: gradient, logDeterminantGradient: -weight)
    }
    return gradient
  }

  /// x of z, in place: rows of the density, where z was drawn from N(0, I).
  public func inverse(_ rows: MatrixView) {
    for coupling in couplings.reversed() { coupling.inverse(rows) }
  }
}
