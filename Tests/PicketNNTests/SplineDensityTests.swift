import Foundation
import PicketNN
import PicketNumbers
import Testing

/// A flow that has learnt a ring, which no Gaussian resembles.
@Suite("The density that a spline flow learns")
struct SplineDensityTests {
  /// Points around a circle of radius 2, 0.1 from it on average.
  private static func ring(_ count: Int, _ generator: inout SeededGenerator) -> Matrix {
    let rows = generator.matrix(rows: count, columns: 2)
    for row in 0..<count {
      let (angle, radius) = (
        2 * Float.pi * Float(generator.unit()), 2 + 0.1 * rows.view[row, 0]
      )
      rows.view[row, 0] = radius * cos(angle)
      rows.view[row, 1] = radius * sin(angle)
    }
    return rows
  }

  private static func learnt() -> SplineFlow {
    var generator = SeededGenerator(seed: 1)
    let shape = SplineFlow.Shape(
      columns: 2, couplings: 6, hidden: [32, 32], bound: 4, using: &generator)
    let flow = SplineFlow(shape, maximumRows: 1000)
    flow.initialize(using: &generator)
    let optimizers = flow.networks.map { Adam($0, .init(learningRate: 2e-3)) }
    let logLikelihoods = Matrix(rows: 256, columns: 1)
    for _ in 0..<1000 {
      // A view does not keep its matrix.
      withExtendedLifetime(ring(256, &generator)) { rows in
        flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
      }
      flow.backward(256)
      for optimizer in optimizers { optimizer.step() }
    }
    return flow
  }

  @Test("is far above the best Gaussian's where the points are, and sums to one")
  func learnsARing() {
    let flow = Self.learnt()
    let logLikelihoods = Matrix(rows: 1000, columns: 1)
    var generator = SeededGenerator(seed: 2)
    withExtendedLifetime(Self.ring(1000, &generator)) { rows in
      flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
    }
    let mean = logLikelihoods.elements.reduce(0) { $0 + Double($1) } / 1000
    // Of each coordinate the variance is E[r^2] / 2 = (4 + 0.01) / 2; its entropy is the Gaussian's.
    let gaussian = -log(2 * Double.pi * M_E * 2.005)
    // Minus the ring's own entropy: that of the radius, of the angle, and the mean of log r.
    let best = -(0.5 * log(2 * Double.pi * M_E * 0.01) + log(2 * Double.pi) + log(2) - 0.00125)
    #expect(mean > gaussian + 0.9 * (best - gaussian))
    #expect(mean < best + 0.05)

    let side = 1000
    let (low, step) = (Float(-6), 12 / Float(side))
    let line = Matrix(rows: side, columns: 2)
    var sum = 0.0
    for row in 0..<side {
      for column in 0..<side {
        line.view[column, 0] = low + (Float(column) + 0.5) * step
        line.view[column, 1] = low + (Float(row) + 0.5) * step
      }
      flow.forward(line.view, logLikelihoods: logLikelihoods.view)
      sum += logLikelihoods.elements.reduce(0) { $0 + exp(Double($1)) }
    }
    #expect(abs(sum * Double(step * step) - 1) < 0.01)
  }
}
