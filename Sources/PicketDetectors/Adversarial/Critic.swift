import PicketNN
import PicketNumbers

/// A discriminator in two parts, so that its last hidden layer, the features, can be compared too.
///
/// D(x) = w^T f(x) + b, f the features; the probability that x is real is sigmoid(D(x)).
final class Critic {
  let features: Perceptron
  let head: Perceptron
  private let values: Matrix
  private let valueGradients: Matrix
  private let logits: Matrix
  private let logitGradients: Matrix

  /// - Parameters:
  ///   - inputs: Length of a row.
  ///   - hidden: The layers of f.
  ///   - maximumRows: The most rows of a batch.
  init(
    inputs: Int, hidden: [Perceptron.Shape], maximumRows: Int,
    using generator: inout SeededGenerator
  ) {
    features = Perceptron(inputs: inputs, layers: hidden, maximumRows: maximumRows)
    head = Perceptron(
      inputs: features.outputs, layers: [.init(outputs: 1, activation: .linear)],
      maximumRows: maximumRows)
    features.initialize(.xavier, using: &generator)
    head.initialize(.xavier, using: &generator)
    values = Matrix(rows: maximumRows, columns: features.outputs)
    valueGradients = Matrix(rows: maximumRows, columns: features.outputs)
    logits = Matrix(rows: maximumRows, columns: 1)
    logitGradients = Matrix(rows: maximumRows, columns: 1)
  }

  /// Both parts, for an optimizer each.
  var networks: [Perceptron] { [features, head] }

  /// Judges rows; `loss` and `backward` look at this judgement.
  func judge(_ rows: MatrixView) {
    let range = 0..<rows.rows
    features.forward(.dense(rows), into: values.view.rows(range))
    head.forward(.dense(values.view.rows(range)), into: logits.view.rows(range))
  }

  /// The mean cross-entropy of some of the judged rows, whose gradient `backward` takes.
  ///
  /// - Parameters:
  ///   - range: Which rows.
  ///   - target: 1 to be told real, 0 to be told made.
  func loss(_ range: Range<Int>, target: Float) -> Double {
    BinaryCrossEntropy.evaluate(
      logits: logits.view.rows(range), target: target, weight: 1 / Float(range.count),
      gradient: logitGradients.view.rows(range))
  }

  /// Goes back from the losses of all judged rows.
  ///
  /// - Parameters:
  ///   - rows: What was judged.
  ///   - inputGradient: Receives the gradient of the rows, unless nil.
  ///   - parameters: Whether the critic itself gets a gradient.
  func backward(_ rows: MatrixView, inputGradient: MatrixView? = nil, parameters: Bool) {
    let range = 0..<rows.rows
    let value = values.view.rows(range)
    head.backward(
      .dense(value), output: logits.view.rows(range),
      outputGradient: logitGradients.view.rows(range),
      inputGradient: valueGradients.view.rows(range), parameters: parameters)
    features.backward(
      .dense(rows), output: value, outputGradient: valueGradients.view.rows(range),
      inputGradient: inputGradient, parameters: parameters)
  }

  /// Goes back from a gradient of the features alone.
  func backwardFromFeatures(
    _ rows: MatrixView, gradient: MatrixView, inputGradient: MatrixView
  ) {
    features.backward(
      .dense(rows), output: values.view.rows(0..<rows.rows), outputGradient: gradient,
      inputGradient: inputGradient, parameters: false)
  }

  /// f of the judged rows.
  func featureRows(_ range: Range<Int>) -> MatrixView { values.view.rows(range) }

  /// The logit of a judged row.
  func logit(_ row: Int) -> Float { logits.view[row, 0] }
}
