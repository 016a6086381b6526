import PicketNN
import PicketNumbers

/// A small network that learns a teacher's score by regression.
///
/// ```
/// min over f   mean (f(x) - t(x))^2
/// ```
///
/// The rate falls to zero in a straight line, and the epoch with the least error on held-out rows is
/// kept.
final class Student: Trainee {
  private let network: Perceptron
  private let adam: Adam
  private let rows: SparseView
  private let targets: [Float]
  private let validation: SparseRows
  private let validationTargets: [Float]
  private let order: RowOrder
  private let gathered: GatheredRows
  private let batchSize: Int
  private let outputs: Matrix
  private let gradients: Matrix
  private let wanted: Matrix
  private var generator: SeededGenerator

  /// What was computed so far.
  private(set) var work = TrainingWork()
  let lossNames = ("squared error", "none")
  var watched: [Perceptron] { [network] }
  var optimizers: [Adam] { [adam] }

  /// - Parameters:
  ///   - rows: What it learns from.
  ///   - targets: What the teacher says of them.
  ///   - validation: Rows for choosing an epoch, with what the teacher says of those.
  ///   - settings: Widths, batch size and optimizer.
  ///   - generator: Draws the first weights and the order of rows.
  init(
    rows: SparseView, targets: [Float], validation: (rows: SparseRows, targets: [Float]),
    _ settings: DistilledConfiguration, _ generator: SeededGenerator
  ) {
    MatrixProduct.useThreads(1)
    self.rows = rows
    self.targets = targets
    self.validation = validation.rows
    validationTargets = validation.targets
    self.generator = generator
    batchSize = settings.batchSize
    network = Perceptron(
      inputs: rows.columnCount,
      layers: settings.hidden.map { .init(outputs: $0, activation: .relu) }
        + [.init(outputs: 1, activation: .linear)], maximumRows: batchSize)
    network.initialize(.he, using: &self.generator)
    adam = Adam(network, settings.adam)
    order = RowOrder(count: rows.count)
    gathered = GatheredRows(maximumRows: batchSize, columnCount: rows.columnCount)
    outputs = Matrix(rows: batchSize, columns: 1)
    gradients = Matrix(rows: batchSize, columns: 1)
    wanted = Matrix(rows: batchSize, columns: 1)
  }

  /// The layers as they are now.
  var layers: [ScoringLayer] { ScoringLayer.layers(of: network) }

  func beginEpoch() { order.shuffle(using: &generator) }

  func step(_ position: Int) -> (Double, Double) {
    let picked = order.rows(step: position, count: batchSize)
    for (place, row) in picked.enumerated() { wanted.view[place, 0] = targets[Int(row)] }
    let sparse = gathered.take(rows.batch(picked))
    let batch = LayerInput.sparse(sparse)
    work.count(network, sparse)
    network.forward(batch, into: outputs.view)
    let loss = SquaredError.evaluate(
      output: outputs.view, target: wanted.view, weight: 1 / Float(batchSize),
      gradient: gradients.view)
    network.backward(batch, output: outputs.view, outputGradient: gradients.view)
    adam.step()
    return (loss, 0)
  }

  /// The mean squared error on the validation rows, negative.
  func judge() -> Double {
    var sum = 0.0
    validation.withView { view in
      for range in (0..<view.count).blocks(of: batchSize) {
        let output = outputs.view.rows(0..<range.count)
        network.forward(.sparse(view.batch(range)), into: output)
        for (place, row) in range.enumerated() {
          let error = Double(output[place, 0] - validationTargets[row])
          sum += error * error
        }
      }
    }
    return -sum / Double(max(validation.count, 1))
  }
}
