import PicketNN
import PicketNumbers
import Testing

/// Gradients are held to 3e-6 of the largest one, as those of dense layers are.
@Suite("Convolution gradients against central differences")
struct ConvolutionGradientTests {
  typealias Size = ConvolutionGeometry.ImageSize

  /// Layers as a sentence of numbers: kernel, stride, padding, of rows and of columns.
  struct Window: Sendable {
    let kernel: (Int, Int)
    let stride: (Int, Int)
    let padding: (Int, Int)
  }

  static let cases: [(Size, Size, Window)] = [
    // A sequence, halved; an odd one, whose last number has fewer windows.
    (
      Size(height: 1, width: 8, channels: 1), Size(height: 1, width: 4, channels: 3),
      Window(kernel: (1, 4), stride: (1, 2), padding: (0, 1))
    ),
    (
      Size(height: 1, width: 9, channels: 2), Size(height: 1, width: 4, channels: 3),
      Window(kernel: (1, 4), stride: (1, 2), padding: (0, 1))
    ),
    // Images: halved; without padding or stride; unlike in both directions; numbers left out.
    (
      Size(height: 4, width: 6, channels: 2), Size(height: 2, width: 3, channels: 3),
      Window(kernel: (4, 4), stride: (2, 2), padding: (1, 1))
    ),
    (
      Size(height: 4, width: 5, channels: 1), Size(height: 3, width: 3, channels: 2),
      Window(kernel: (2, 3), stride: (1, 1), padding: (0, 0))
    ),
    (
      Size(height: 5, width: 7, channels: 2), Size(height: 3, width: 3, channels: 2),
      Window(kernel: (3, 2), stride: (2, 3), padding: (1, 0))
    ),
    // As many channels as fill whole vectors, and a few more.
    (
      Size(height: 2, width: 4, channels: 17), Size(height: 1, width: 2, channels: 18),
      Window(kernel: (4, 4), stride: (2, 2), padding: (1, 1))
    ),
    // A kernel wider than the image.
    (
      Size(height: 1, width: 2, channels: 2), Size(height: 1, width: 1, channels: 1),
      Window(kernel: (1, 5), stride: (1, 1), padding: (0, 2))
    ),
  ]

  @Test("a convolution and a transposed one", arguments: cases.indices, [false, true])
  func layers(_ index: Int, isTransposed: Bool) {
    let (wide, narrow, window) = Self.cases[index]
    let geometry = ConvolutionGeometry(
      isTransposed: isTransposed, input: isTransposed ? narrow : wide,
      output: isTransposed ? wide : narrow, kernelHeight: window.kernel.0,
      kernelWidth: window.kernel.1, strideHeight: window.stride.0, strideWidth: window.stride.1,
      paddingTop: window.padding.0, paddingLeft: window.padding.1)
    check([.init(geometry, activation: .tanh)], inputs: geometry.input.count, rows: 3)
  }

  @Test("an encoder of convolutions and its decoder, of a sequence and of an image")
  func stacks() throws {
    for image in [Size(height: 1, width: 10, channels: 1), Size(height: 6, width: 4, channels: 1)] {
      let stack = try #require(ConvolutionStack(image, channels: [2, 3]))
      let encoder = stack.encoder(outputs: 2, activation: .leakyReLU(slope: 0.2))
      let decoder = stack.decoder(activation: .tanh, outputActivation: .sigmoid)
      #expect(decoder.last?.outputs == image.count)
      check(encoder + decoder, inputs: image.count, rows: 2)
    }
  }

  @Test("a batch of many blocks gives each row what it gives alone, sparse or not")
  func blocks() throws {
    var generator = SeededGenerator(seed: 5)
    let stack = try #require(
      ConvolutionStack(Size(height: 28, width: 28, channels: 1), channels: [8, 4]))
    let network = Perceptron(
      inputs: 784, layers: stack.encoder(outputs: 5, activation: .relu), maximumRows: 60)
    network.initialize(.he, using: &generator)
    let input = generator.matrix(rows: 60, columns: 784)
    let (together, alone) = (Matrix(rows: 60, columns: 5), Matrix(rows: 60, columns: 5))
    let sum = Matrix(rows: 1, columns: network.parameters.columns)
    let loss = generator.matrix(rows: 60, columns: 5)
    let gradient = Matrix(rows: 60, columns: 5)
    for row in 0..<60 {
      let (one, output) = (input.view.rows(row..<row + 1), alone.view.rows(row..<row + 1))
      network.forward(.dense(one), into: output)
      gradient.copy(from: loss)
      network.backward(
        .dense(one), output: output, outputGradient: gradient.view.rows(row..<row + 1))
      for index in 0..<sum.columns { sum.view.base[index] += network.gradients.view.base[index] }
    }
    let sparse = SparseRows(
      dense: (0..<60).map { Array(input.view.rows($0..<$0 + 1).elements) }, columnCount: 784)
    sparse.withView { view in
      let batch = LayerInput.sparse(view.batch(0..<60))
      network.forward(batch, into: together.view)
      gradient.copy(from: loss)
      network.backward(batch, output: together.view, outputGradient: gradient.view)
    }
    #expect(relativeError(together.elements, alone.elements.map(Double.init)) < 1e-5)
    #expect(relativeError(network.gradients.elements, sum.elements.map(Double.init)) < 1e-5)
  }

  private func check(_ shapes: [Perceptron.Shape], inputs: Int, rows: Int) {
    var generator = SeededGenerator(seed: 6)
    let network = Perceptron(inputs: inputs, layers: shapes, maximumRows: rows + 1)
    network.initialize(.xavier, using: &generator)
    for layer in network.layers { generator.fillNormal(layer.bias) }
    let input = generator.matrix(rows: rows, columns: inputs)
    let output = Matrix(rows: rows, columns: network.outputs)
    let loss = generator.matrix(rows: rows, columns: network.outputs)
    let outputGradient = Matrix(rows: rows, columns: network.outputs)
    outputGradient.copy(from: loss)
    let inputGradient = Matrix(rows: rows, columns: inputs)
    network.forward(.dense(input.view), into: output.view)
    network.backward(
      .dense(input.view), output: output.view, outputGradient: outputGradient.view,
      inputGradient: inputGradient.view)

    let reference = ReferenceNetwork(inputs: inputs, shapes)
    let parameters = network.parameters.elements.map(Double.init)
    let weights = loss.elements.map(Double.init)
    func value(_ parameters: [Double], _ input: [[Double]]) -> Double {
      zip(reference.outputs(parameters, input).joined(), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let exact = Array(reference.outputs(parameters, input.view.doubleRows).joined())
    #expect(relativeError(output.elements, exact) < 3e-6)
    let slopes = centralDifferences(parameters) { value($0, input.view.doubleRows) }
    #expect(relativeError(network.gradients.elements, slopes) < 3e-6)
    let inputSlopes = centralDifferences(Array(input.view.doubleRows.joined())) { flat in
      value(
        parameters,
        stride(from: 0, to: flat.count, by: inputs).map { Array(flat[$0..<$0 + inputs]) })
    }
    #expect(relativeError(inputGradient.elements, inputSlopes) < 3e-6)
  }
}
