import PicketNN
import PicketNumbers

/// A discriminator in two parts, so that its last hidden layer, the features, can be compared too.
///
/// D(x) = w^T f(x) + b, f the features; the probability that x is real is sigmoid(D(x)). Where records
/// are images, an `ImageTower` stands before f; before that of pairs, a `PairTower` may.
final class Critic {
  let features: Perceptron
  let head: Perceptron
  /// What it is made of.
  let layers: CriticLayers
  private let tower: (any Tower)?
  private let values: Matrix
  private let valueGradients: Matrix
  private let logits: Matrix
  private let logitGradients: Matrix

  /// Lays out a critic whose parameters are zero, for batches of up to `maximumRows` rows.
  init(_ layers: CriticLayers, maximumRows: Int) {
    self.layers = layers
    tower = layers.tower.map { $0.made(layers, maximumRows: maximumRows) }
    features = Perceptron(
      inputs: tower?.outputs ?? layers.inputs, layers: layers.hidden, maximumRows: maximumRows)
    head = Perceptron(
      inputs: features.outputs, layers: [.init(outputs: 1, activation: .linear)],
      maximumRows: maximumRows)
    values = Matrix(rows: maximumRows, columns: features.outputs)
    valueGradients = Matrix(rows: maximumRows, columns: features.outputs)
    logits = Matrix(rows: maximumRows, columns: 1)
    logitGradients = Matrix(rows: maximumRows, columns: 1)
  }

  /// Draws the weights.
  func initialize(using generator: inout SeededGenerator) {
    for network in networks { network.initialize(.xavier, using: &generator) }
  }

  /// Its parts, for an optimizer each.
  var networks: [Perceptron] { [features, head] + (tower?.networks ?? []) }

  /// Judges rows; `loss` and `backward` look at this judgement.
  func judge(_ rows: MatrixView) {
    let range = 0..<rows.rows
    let seen = tower?.forward(rows) ?? rows
    features.forward(.dense(seen), into: values.view.rows(range))
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
    backward(
      rows, featureGradient: valueGradients.view.rows(range), inputGradient: inputGradient,
      parameters: parameters)
  }

  /// Goes back from a gradient of the features alone.
  func backward(
    _ rows: MatrixView, featureGradient gradient: MatrixView, inputGradient: MatrixView?,
    parameters: Bool
  ) {
    let range = 0..<rows.rows
    let value = values.view.rows(range)
    guard let tower else {
      features.backward(
        .dense(rows), output: value, outputGradient: gradient, inputGradient: inputGradient,
        parameters: parameters)
      return
    }
    features.backward(
      .dense(tower.result(range)), output: value, outputGradient: gradient,
      inputGradient: tower.gradient(range), parameters: parameters)
    tower.backward(rows.rows, inputGradient: inputGradient, parameters: parameters)
  }

  /// f of the judged rows.
  func featureRows(_ range: Range<Int>) -> MatrixView { values.view.rows(range) }

  /// The logit of a judged row.
  func logit(_ row: Int) -> Float { logits.view[row, 0] }
}
