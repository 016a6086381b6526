import PicketNN
import PicketNumbers

/// The state of one training: the flow, an optimizer for each of its networks, the order of the rows.
final class SplineFlowTrainer: Trainee {
  private let settings: SplineFlowDetector
  private let flow: SplineFlow
  private let scaling: ColumnScaling
  private let rows: SparseView
  private let validation: SparseView
  private let order: RowOrder
  private let seed: UInt64
  private var generator: SeededGenerator
  private let batch: Matrix
  private let noise: Matrix
  private let logLikelihoods: Matrix

  let watched: [Perceptron]
  let optimizers: [Adam]

  /// - Parameter generator: Continues from where the flow's shape was drawn.
  init(
    _ shape: SplineFlow.Shape, _ scaling: ColumnScaling, rows: SparseView, validation: SparseView,
    _ settings: SplineFlowDetector, seed: UInt64, _ generator: SeededGenerator
  ) {
    MatrixProduct.useThreads(1)
    self.settings = settings
    self.scaling = scaling
    self.rows = rows
    self.validation = validation
    self.seed = seed
    self.generator = generator
    flow = SplineFlow(shape, maximumRows: settings.batchSize)
    flow.initialize(using: &self.generator)
    watched = flow.networks
    optimizers = watched.map { Adam($0, settings.adam) }
    order = RowOrder(count: rows.count)
    batch = Matrix(rows: settings.batchSize, columns: shape.columns)
    noise = Matrix(rows: settings.batchSize, columns: shape.columns)
    logLikelihoods = Matrix(rows: settings.batchSize, columns: 1)
  }

  /// Goes through the epochs and leaves the best one's flow.
  func run(_ observer: TrainingObserver) throws(TrainingError) -> SplineFlow {
    let plan = TrainingPlan(
      epochs: settings.epochs, stepsPerEpoch: rows.count / settings.batchSize,
      patience: settings.patience, learningRate: settings.adam.learningRate,
      schedule: settings.schedule)
    guard plan.run(self, observer) != nil else {
      throw TrainingError(description: "no epoch ended with a finite likelihood")
    }
    return flow
  }

  var lossNames: (String, String) { ("-log likelihood", "log determinant") }

  func beginEpoch() { order.shuffle(using: &generator) }

  /// One step towards the likelihood of a batch.
  func step(_ position: Int) -> (Double, Double) {
    let named = rows.batch(order.rows(step: position, count: settings.batchSize))
    let mean = logLikelihood(named, &generator)
    flow.backward(named.count)
    for optimizer in optimizers { optimizer.step() }
    return (-mean, flow.meanLogDeterminant(named.count))
  }

  /// The mean log-likelihood of the validation rows, with the same noise in every epoch.
  func judge() -> Double {
    var generator = SeededGenerator(seed: ~seed)
    var sum = 0.0
    for range in (0..<validation.count).blocks(of: settings.batchSize) {
      sum += Double(range.count) * logLikelihood(validation.batch(range), &generator)
    }
    return sum / Double(validation.count)
  }

  /// The mean log-likelihood of blurred rows, in the scaled columns.
  private func logLikelihood(_ named: SparseBatch, _ generator: inout SeededGenerator) -> Double {
    let range = 0..<named.count
    let (scaled, blur) = (batch.view.rows(range), noise.view.rows(range))
    scaling.apply(named, into: scaled)
    generator.fillNormal(blur)
    for index in 0..<scaled.count { scaled.base[index] += settings.noise * blur.base[index] }
    let values = logLikelihoods.view.rows(range)
    flow.forward(scaled, logLikelihoods: values)
    return range.reduce(0) { $0 + Double(values[$1, 0]) } / Double(named.count)
  }
}
