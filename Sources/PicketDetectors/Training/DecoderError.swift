import PicketNN

/// The squared error of what a decoder makes of codes, and its gradient.
///
/// ```
/// mean (x - D(z))^2   over the inputs of all rows
/// ```
final class DecoderError {
  private let decoder: Perceptron
  private let outputs: Matrix
  private let gradients: Matrix
  /// The inputs with their zeros, to compare the outputs with.
  private let targets: Matrix

  /// Makes room for the rows of a batch.
  init(_ decoder: Perceptron, rows: Int) {
    self.decoder = decoder
    outputs = Matrix(rows: rows, columns: decoder.outputs)
    gradients = Matrix(rows: rows, columns: decoder.outputs)
    targets = Matrix(rows: rows, columns: decoder.outputs)
  }

  /// The error of a batch, with its gradient in the decoder and in the codes; allocates nothing.
  func evaluate(_ batch: SparseBatch, code: MatrixView, codeGradient: MatrixView) -> Double {
    let range = 0..<batch.count
    let (output, target) = (outputs.view.rows(range), targets.view.rows(range))
    let gradient = gradients.view.rows(range)
    decoder.forward(.dense(code), into: output)
    batch.scatter(into: target)
    let loss = SquaredError.evaluate(
      output: output, target: target, weight: 1 / Float(output.count), gradient: gradient)
    decoder.backward(
      .dense(code), output: output, outputGradient: gradient, inputGradient: codeGradient)
    return loss
  }
}
