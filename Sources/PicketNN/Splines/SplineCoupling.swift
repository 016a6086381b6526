import PicketNumbers

/// A coupling layer: some columns pass unchanged, and a network reads from them the splines through
/// which each of the others goes.
///
/// ```
/// y_a = x_a        y_b = spline(x_b; network(x_a))        log |dy/dx| = sum_b log dy_b/dx_b
/// ```
///
/// "Neural Spline Flows" (Durkan and others, 2019, section 2.1 and equation 3). The Jacobian is
/// triangular, and the inverse asks the network but once.
public final class SplineCoupling {
  /// The columns that pass.
  public let passing: [Int]
  /// The columns that splines move.
  public let moved: [Int]
  /// What the splines are read by.
  public let network: Perceptron

  private let spline: RationalQuadraticSpline
  /// x_a and its gradient.
  private let inputs: Matrix
  private let inputGradients: Matrix
  /// The splines of a row side by side, and their gradients.
  private let knots: Matrix
  private let knotGradients: Matrix

  /// Lays out a layer that is the identity.
  ///
  /// - Precondition: There is a column of either kind.
  init(
    passing: [Int], moved: [Int], hidden: [Int], bound: Float, maximumRows: Int
  ) {
    precondition(!passing.isEmpty && !moved.isEmpty, "columns of either kind")
    self.passing = passing
    self.moved = moved
    spline = RationalQuadraticSpline(bound: bound)
    let numbers = moved.count * RationalQuadraticSpline.parameterCount
    network = Perceptron(
      inputs: passing.count,
      layers: hidden.map { .init(outputs: $0, activation: .relu) }
        + [.init(outputs: numbers, activation: .linear)], maximumRows: maximumRows)
    inputs = Matrix(rows: maximumRows, columns: passing.count)
    inputGradients = Matrix(rows: maximumRows, columns: passing.count)
    knots = Matrix(rows: maximumRows, columns: numbers)
    knotGradients = Matrix(rows: maximumRows, columns: numbers)
  }

  /// Draws the network's weights, but for the last layer's: the layer remains the identity.
  func initialize(using generator: inout SeededGenerator) {
    network.initialize(.he, using: &generator)
    network.layers[network.layers.count - 1].weights.fill(0)
  }

  /// y of x; what `backward` needs is kept.
  ///
  /// - Parameters:
  ///   - x: m rows.
  ///   - y: Receives m rows; may be x.
  ///   - logDeterminants: m numbers, to which log |dy/dx| is added.
  func forward(_ x: MatrixView, into y: MatrixView, logDeterminants: MatrixView) {
    makeKnots(x)
    if y.base != x.base { y.base.update(from: x.base, count: x.count) }
    for row in 0..<x.rows {
      let (values, own) = (y.base + row * y.columns, knots.base + row * knots.columns)
      var sum: Float = 0
      for (place, column) in moved.enumerated() {
        let moved = spline.forward(
          values[column], own + place * RationalQuadraticSpline.parameterCount)
        values[column] = moved.y
        sum += moved.logSlope
      }
      logDeterminants.base[row] += sum
    }
  }

  /// x of y, in place.
  func inverse(_ rows: MatrixView) {
    makeKnots(rows)
    for row in 0..<rows.rows {
      let (values, own) = (rows.base + row * rows.columns, knots.base + row * knots.columns)
      for (place, column) in moved.enumerated() {
        values[column] = spline.inverse(
          values[column], own + place * RationalQuadraticSpline.parameterCount)
      }
    }
  }

  /// Goes back through the last `forward`; `network.gradients` receives the network's part.
  ///
  /// - Parameters:
  ///   - x: What `forward` was given, and did not overwrite.
  ///   - gradient: dL/dy; replaced by dL/dx.
  ///   - logDeterminantGradient: dL/d(log |dy/dx|), the same for every row.
  func backward(_ x: MatrixView, gradient: MatrixView, logDeterminantGradient: Float) {
    let count = RationalQuadraticSpline.parameterCount
    for row in 0..<x.rows {
      let (values, slopes) = (x.base + row * x.columns, gradient.base + row * x.columns)
      for (place, column) in moved.enumerated() {
        let start = row * knots.columns + place * count
        slopes[column] = spline.backward(
          values[column], knots.base + start, outputGradient: slopes[column],
          logSlopeGradient: logDeterminantGradient, into: knotGradients.base + start)
        SplineKnots.differentiate(
          knotGradients.base + start, knots: knots.base + start, bound: spline.bound)
      }
    }
    let range = 0..<x.rows
    network.backward(
      .dense(inputs.view.rows(range)), output: knots.view.rows(range),
      outputGradient: knotGradients.view.rows(range), inputGradient: inputGradients.view.rows(range)
    )
    for row in range {
      let (from, to) = (inputGradients.base + row * passing.count, gradient.base + row * x.columns)
      for (place, column) in passing.enumerated() { to[column] += from[place] }
    }
  }

  /// Asks the network for the splines of some rows.
  private func makeKnots(_ rows: MatrixView) {
    let range = 0..<rows.rows
    for row in range {
      let (from, to) = (rows.base + row * rows.columns, inputs.base + row * passing.count)
      for (place, column) in passing.enumerated() { to[place] = from[column] }
    }
    network.forward(.dense(inputs.view.rows(range)), into: knots.view.rows(range))
    let count = RationalQuadraticSpline.parameterCount
    for start in stride(from: 0, to: rows.rows * knots.columns, by: count) {
      SplineKnots.make(knots.base + start, bound: spline.bound)
    }
  }
}
