import PicketNN
import PicketNumbers
import Testing

/// Gradients are held to 3e-6 of the largest one: a few dozen single-precision roundings.
@Suite("Layer gradients against central differences")
struct LayerGradientTests {
  static let activations: [Activation] = [
    .linear, .relu, .leakyReLU(slope: 0.2), .tanh, .sigmoid,
  ]
  /// The weights of the loss: L = sum of outputs times these, so dL/dY is known exactly.
  private let rows = 9

  @Test("dense input, one layer and three", arguments: activations, [1, 3])
  func denseInput(_ activation: Activation, depth: Int) {
    var generator = SeededGenerator(seed: 7)
    let input = generator.matrix(rows: rows, columns: 10)
    check(.dense(input.view), input.view, activation, depth: depth, &generator)
  }

  @Test(
    "sparse input, at widths with and without whole vectors", arguments: activations, [20, 144])
  func sparseInput(_ activation: Activation, width: Int) {
    var generator = SeededGenerator(seed: 8)
    let input = generator.matrix(rows: rows, columns: 10)
    for row in 0..<rows {
      for column in 0..<10 where (row + column) % 3 != 0 { input.view[row, column] = 0 }
    }
    // One row without any entry.
    input.view.rows(4..<5).fill(0)
    let sparse = SparseRows(
      dense: (0..<rows).map { row in (0..<10).map { input.view[row, $0] } }, columnCount: 10)
    sparse.withView { view in
      check(
        .sparse(view.batch(0..<rows)), input.view, activation, depth: 2, width: width, &generator)
    }
  }

  private func check(
    _ input: LayerInput, _ dense: MatrixView, _ activation: Activation, depth: Int,
    width: Int = 12, _ generator: inout SeededGenerator
  ) {
    let hidden = [Perceptron.Shape](
      repeating: .init(outputs: width, activation: activation), count: depth - 1)
    let shapes = hidden + [.init(outputs: 5, activation: activation)]
    let network = Perceptron(inputs: 10, layers: shapes, maximumRows: rows + 2)
    network.initialize(.he, using: &generator)
    for layer in network.layers { generator.fillNormal(layer.bias) }
    let output = Matrix(rows: rows, columns: 5)
    let loss = generator.matrix(rows: rows, columns: 5)
    let outputGradient = Matrix(rows: rows, columns: 5)
    outputGradient.copy(from: loss)
    let inputGradient = Matrix(rows: rows, columns: 10)
    network.forward(input, into: output.view)
    network.backward(
      input, output: output.view, outputGradient: outputGradient.view,
      inputGradient: inputGradient.view)

    let reference = ReferenceNetwork(inputs: 10, shapes)
    let parameters = network.parameters.elements.map(Double.init)
    let inputs = dense.doubleRows
    let weights = loss.elements.map(Double.init)
    func value(_ parameters: [Double], _ inputs: [[Double]]) -> Double {
      zip(reference.outputs(parameters, inputs).joined(), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let exact = Array(reference.outputs(parameters, inputs).joined())
    #expect(relativeError(output.elements, exact) < 3e-6)
    let slopes = centralDifferences(parameters) { value($0, inputs) }
    #expect(relativeError(network.gradients.elements, slopes) < 3e-6)
    let inputSlopes = centralDifferences(Array(inputs.joined())) { flat in
      value(parameters, stride(from: 0, to: flat.count, by: 10).map { Array(flat[$0..<$0 + 10]) })
    }
    #expect(relativeError(inputGradient.elements, inputSlopes) < 3e-6)
  }
}
