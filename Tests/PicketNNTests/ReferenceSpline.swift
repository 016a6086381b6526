import Foundation
import PicketNN

/// A rational-quadratic spline in double precision, by equations 4 and 5 as they are printed.
struct ReferenceSpline {
  private let x: [Double]
  private let y: [Double]
  private let slopes: [Double]
  private let bound: Double

  /// - Parameter numbers: 8 numbers for the widths, 8 for the heights, 7 for the slopes.
  init(_ numbers: some Collection<Double>, bound: Double) {
    let numbers = Array(numbers)
    func knots(_ part: ArraySlice<Double>) -> [Double] {
      let powers = part.map { exp($0) }
      let sum = powers.reduce(0, +)
      return powers.reduce(into: [-bound]) { edges, power in
        edges.append(edges[edges.count - 1] + 2 * bound * (1e-3 + 0.992 * power / sum))
      }
    }
    x = knots(numbers[..<8])
    y = knots(numbers[8..<16])
    let shift = log(exp(0.999) - 1)
    slopes = [1] + numbers[16...].map { 1e-3 + log(1 + exp($0 + shift)) } + [1]
    self.bound = bound
  }

  /// y, and dy/dx.
  func callAsFunction(_ value: Double) -> (y: Double, slope: Double) {
    guard abs(value) < bound else { return (value, 1) }
    let k = (0..<8).last { x[$0] <= value } ?? 0
    let s = (y[k + 1] - y[k]) / (x[k + 1] - x[k])
    let t = (value - x[k]) / (x[k + 1] - x[k])
    let below = s + (slopes[k + 1] + slopes[k] - 2 * s) * t * (1 - t)
    return (
      y[k] + (y[k + 1] - y[k]) * (s * t * t + slopes[k] * t * (1 - t)) / below,
      s * s * (slopes[k + 1] * t * t + 2 * s * t * (1 - t) + slopes[k] * (1 - t) * (1 - t))
        / (below * below)
    )
  }
}

/// A spline flow in double precision.
struct ReferenceFlow {
  let shape: SplineFlow.Shape

  /// z of a row, and the logarithm of the splines' slopes.
  ///
  /// - Parameter parameters: Those of each layer's network, as `Perceptron` has them.
  func callAsFunction(_ parameters: [[Double]], _ row: [Double]) -> (z: [Double], log: Double) {
    var (values, sum) = (row, 0.0)
    for (moved, own) in zip(shape.moved, parameters) {
      let passing = (0..<shape.columns).filter { !moved.contains($0) }
      let network = ReferenceNetwork(
        inputs: passing.count,
        shape.hidden.map { .init(outputs: $0, activation: .relu) }
          + [.init(outputs: 23 * moved.count, activation: .linear)])
      let numbers = network.outputs(own, [passing.map { values[$0] }])[0]
      for (place, column) in moved.enumerated() {
        let spline = ReferenceSpline(
          numbers[23 * place..<23 * (place + 1)], bound: Double(shape.bound))
        let (y, slope) = spline(values[column])
        values[column] = y
        sum += log(slope)
      }
    }
    return (values, sum)
  }

  /// log p of a row, with the determinant of its Jacobian by central differences.
  func logLikelihood(_ parameters: [[Double]], _ row: [Double]) -> Double {
    let z = self(parameters, row).z
    let jacobian = z.indices.map { output in
      centralDifferences(row) { self(parameters, $0).z[output] }
    }
    let constant = -0.5 * Double(row.count) * log(2 * Double.pi)
    return constant - z.reduce(0) { $0 + 0.5 * $1 * $1 } + log(abs(determinant(jacobian)))
  }

  /// By elimination, with the largest number of a column as its pivot.
  private func determinant(_ matrix: [[Double]]) -> Double {
    var (rows, product) = (matrix, 1.0)
    for column in rows.indices {
      let pivot = (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
      guard let pivot else { return 0 }
      rows.swapAt(column, pivot)
      product *= pivot == column ? rows[column][column] : -rows[column][column]
      for below in rows.indices.dropFirst(column + 1) {
        let factor = rows[below][column] / rows[column][column]
        for place in column..<rows.count { rows[below][place] -= factor * rows[column][place] }
      }
    }
    return product
  }
}
