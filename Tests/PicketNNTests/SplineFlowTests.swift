import CAllocationCounter
import Foundation
import PicketNN
import PicketNumbers
import Testing

@Suite("Spline flows", .serialized)
struct SplineFlowTests {
  /// A flow whose every parameter is drawn, so that no layer is the identity.
  private func flow(seed: UInt64, columns: Int = 4, hidden: [Int] = [6], rows: Int) -> SplineFlow {
    var generator = SeededGenerator(seed: seed)
    let shape = SplineFlow.Shape(
      columns: columns, couplings: 4, hidden: hidden, bound: 3, using: &generator)
    let flow = SplineFlow(shape, maximumRows: rows)
    for network in flow.networks {
      generator.fillNormal(network.parameters.view)
      for place in 0..<network.parameters.columns { network.parameters.view[0, place] *= 0.25 }
    }
    return flow
  }

  @Test("log-likelihoods and gradients are those of the authors' program")
  func agrees() {
    typealias Oracle = SplineFlowOracle
    let flow = SplineFlow(
      .init(
        columns: Oracle.columns, moved: Oracle.moved, hidden: [Oracle.hidden], bound: Oracle.bound),
      maximumRows: Oracle.rows)
    func ramp(_ view: MatrixView, _ step: Int, _ scale: Float) {
      for place in 0..<view.count {
        view.base[place] = scale * Float((place * step) % 17 - 8) / 8
      }
    }
    for (index, network) in flow.networks.enumerated() {
      ramp(network.parameters.view, 5 + 2 * index, 1)
    }
    let rows = Matrix(rows: Oracle.rows, columns: Oracle.columns)
    let logLikelihoods = Matrix(rows: Oracle.rows, columns: 1)
    // A view does not keep its matrix.
    withExtendedLifetime(rows) {
      ramp(rows.view, 7, 2)
      flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
    }
    #expect(relativeError(logLikelihoods.elements, Oracle.logLikelihoods) < 1e-5)
    let gradient = flow.backward(Oracle.rows)
    #expect(relativeError(gradient.elements, Oracle.rowGradient) < 3e-5)
    for (network, expected) in zip(flow.networks, Oracle.gradients) {
      #expect(relativeError(network.gradients.elements, expected) < 3e-5)
    }
  }

  @Test("log-likelihoods are those of the Jacobian by central differences", arguments: 0..<4)
  func hasTheJacobian(_ seed: UInt64) {
    let flow = flow(seed: seed, rows: 8)
    var generator = SeededGenerator(seed: seed + 100)
    let rows = generator.matrix(rows: 8, columns: 4)
    // One row beyond the square, where the splines end.
    rows.view[0, 1] = 4
    let logLikelihoods = Matrix(rows: 8, columns: 1)
    flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
    let reference = ReferenceFlow(shape: flow.shape)
    let parameters = flow.networks.map { $0.parameters.elements.map(Double.init) }
    let expected = rows.view.doubleRows.map { reference.logLikelihood(parameters, $0) }
    #expect(relativeError(logLikelihoods.elements, expected) < 1e-5)
  }

  @Test("gradients are those of central differences")
  func differentiates() {
    let flow = flow(seed: 5, hidden: [5], rows: 6)
    var generator = SeededGenerator(seed: 6)
    let rows = generator.matrix(rows: 6, columns: 4)
    let logLikelihoods = Matrix(rows: 6, columns: 1)
    flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
    let rowGradient = flow.backward(6).elements
    let reference = ReferenceFlow(shape: flow.shape)
    let parameters = flow.networks.map { $0.parameters.elements.map(Double.init) }
    let values = rows.view.doubleRows
    func loss(_ parameters: [[Double]], _ rows: [[Double]]) -> Double {
      rows.reduce(0) { sum, row in
        let (z, log) = reference(parameters, row)
        return sum + (z.reduce(0) { $0 + 0.5 * $1 * $1 } - log) / 6
      }
    }
    for (index, network) in flow.networks.enumerated() {
      let differences = centralDifferences(parameters[index]) { changed in
        var all = parameters
        all[index] = changed
        return loss(all, values)
      }
      #expect(relativeError(network.gradients.elements, differences) < 3e-5)
    }
    let differences = centralDifferences(Array(values.joined())) { flat in
      loss(parameters, (0..<6).map { Array(flat[4 * $0..<4 * $0 + 4]) })
    }
    #expect(relativeError(rowGradient, differences) < 3e-5)
  }

  @Test("the inverse leads back from z to the rows", arguments: [2, 5, 19])
  func inverts(_ columns: Int) {
    let flow = flow(seed: 7, columns: columns, rows: 50)
    var generator = SeededGenerator(seed: 8)
    let rows = generator.matrix(rows: 50, columns: columns)
    let logLikelihoods = Matrix(rows: 50, columns: 1)
    flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
    let back = Matrix(rows: 50, columns: columns)
    back.view.base.update(from: flow.latent(50).base, count: back.view.count)
    #expect(relativeError(back.elements, rows.elements.map(Double.init)) > 0.1)
    flow.inverse(back.view)
    #expect(relativeError(back.elements, rows.elements.map(Double.init)) < 1e-4)
  }

  @Test("of two layers that follow each other every column is moved by one")
  func takesTurns() {
    var generator = SeededGenerator(seed: 9)
    let shape = SplineFlow.Shape(
      columns: 7, couplings: 6, hidden: [4], bound: 3, using: &generator)
    for pair in stride(from: 0, to: 6, by: 2) {
      #expect((shape.moved[pair] + shape.moved[pair + 1]).sorted() == Array(0..<7))
    }
    #expect(Set(shape.moved).count > 2)
  }

  @Test("a step and the inverse ask the heap for nothing")
  func allocatesNothing() {
    MatrixProduct.useThreads(1)
    let flow = flow(seed: 10, columns: 9, hidden: [16, 16], rows: 40)
    let optimizers = flow.networks.map { Adam($0, .init()) }
    var generator = SeededGenerator(seed: 11)
    let rows = generator.matrix(rows: 40, columns: 9)
    let logLikelihoods = Matrix(rows: 40, columns: 1)
    func step() {
      flow.forward(rows.view, logLikelihoods: logLikelihoods.view)
      flow.backward(40)
      for optimizer in optimizers { optimizer.step() }
      flow.inverse(rows.view)
    }
    // The first step may fill OpenBLAS's work area.
    step()
    allocation_counter_start()
    for _ in 0..<20 { step() }
    #expect(allocation_counter_stop() == 0)
  }
}
