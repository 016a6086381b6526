import PicketNN
import PicketNumbers

/// The training of a dense network with one output: by regression, or as a classifier.
///
/// ```
/// min over f   mean (f(x) - t(x))^2                    squared error
/// min over f   mean (softplus(f(x)) - t(x) f(x))       cross-entropy of logits
/// ```
///
/// The rate falls to zero in a straight line. The epoch with the least error on held-out rows is kept;
/// without such rows the last one.
final class Regression: Trainee {
  /// What is learned from, and held out.
  struct Lesson {
    var rows: SparseView
    /// t, a number for each row.
    var targets: [Float]
    /// Rows for choosing an epoch, with their targets.
    var validation: (rows: SparseRows, targets: [Float])?
  }

  /// What a step makes smaller.
  enum Loss {
    case squaredError
    case crossEntropy
  }

  private let network: Perceptron
  private let adam: Adam
  private let lesson: Lesson
  private let loss: Loss
  private let order: RowOrder
  private let gathered: GatheredRows
  private let batchSize: Int
  private let outputs: Matrix
  private let gradients: Matrix
  private let wanted: Matrix
  private var generator: SeededGenerator
  private var epoch = 0

  /// What was computed so far.
  private(set) var work = TrainingWork()
  let lossNames = ("error", "")
  var watched: [Perceptron] { [network] }
  var optimizers: [Adam] { [adam] }
  var keepsLastEpoch: Bool { lesson.validation == nil }

  /// - Parameters:
  ///   - lesson: What is learned.
  ///   - hidden: The widths of the hidden layers.
  ///   - batchSize: Rows of a step.
  ///   - adam: The optimizer's settings.
  ///   - loss: What a step makes smaller.
  ///   - generator: Draws the first weights and the order of rows.
  init(
    _ lesson: Lesson, hidden: [Int], batchSize: Int, adam settings: Adam.Settings, loss: Loss,
    _ generator: SeededGenerator
  ) {
    MatrixProduct.useThreads(1)
    self.lesson = lesson
    self.loss = loss
    self.generator = generator
    self.batchSize = batchSize
    network = Perceptron(
      inputs: lesson.rows.columnCount,
      layers: hidden.map { .init(outputs: $0, activation: .relu) }
        + [.init(outputs: 1, activation: .linear)], maximumRows: batchSize)
    network.initialize(.he, using: &self.generator)
    adam = Adam(network, settings)
    order = RowOrder(count: lesson.rows.count)
    gathered = GatheredRows(maximumRows: batchSize, columnCount: lesson.rows.columnCount)
    outputs = Matrix(rows: batchSize, columns: 1)
    gradients = Matrix(rows: batchSize, columns: 1)
    wanted = Matrix(rows: batchSize, columns: 1)
  }

  /// The network as it is now.
  var scoringNetwork: ScoringNetwork {
    ScoringNetwork(
      kind: .distilled, score: .output, latentSize: 1, encoder: ScoringLayer.layers(of: network))
  }

  func beginEpoch() { order.shuffle(using: &generator) }

  func step(_ position: Int) -> (Double, Double) {
    let picked = order.rows(step: position, count: batchSize)
    for (place, row) in picked.enumerated() { wanted.view[place, 0] = lesson.targets[Int(row)] }
    let sparse = gathered.take(lesson.rows.batch(picked))
    let batch = LayerInput.sparse(sparse)
    work.count(network, sparse)
    network.forward(batch, into: outputs.view)
    let error = evaluate()
    network.backward(batch, output: outputs.view, outputGradient: gradients.view)
    adam.step()
    return (error, 0)
  }

  private func evaluate() -> Double {
    let weight = 1 / Float(batchSize)
    switch loss {
    case .squaredError:
      return SquaredError.evaluate(
        output: outputs.view, target: wanted.view, weight: weight, gradient: gradients.view)
    case .crossEntropy:
      return BinaryCrossEntropy.evaluate(
        logits: outputs.view, targets: wanted.view, weight: weight, gradient: gradients.view)
    }
  }

  /// The mean squared error on the validation rows, negative; without them the number of epochs.
  func judge() -> Double {
    epoch += 1
    guard let (rows, targets) = lesson.validation else { return lastEpochFigure(epoch) }
    var sum = 0.0
    rows.withView { view in
      for range in (0..<view.count).blocks(of: batchSize) {
        let output = outputs.view.rows(0..<range.count)
        network.forward(.sparse(view.batch(range)), into: output)
        for (place, row) in range.enumerated() {
          let error = Double(output[place, 0] - targets[row])
          sum += error * error
        }
      }
    }
    return -sum / Double(max(rows.count, 1))
  }
}
