import PicketNN
import PicketNumbers

/// What one kind of training does with a batch of normal records.
protocol BatchStep: AnyObject {
  /// Every network that learns.
  var networks: [Perceptron] { get }
  /// What the two numbers of a step are; no name where there is only one.
  var lossNames: (String, String) { get }

  /// Takes a step on normal rows; allocates nothing.
  func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double)
}

/// Goes through the epochs of a training that has no figure to stop by.
///
/// Normal rows alone cannot tell which epoch of an adversarial training detects best, and the labelled
/// anomalies of the validation rows are not for detectors that learn without them. The last epoch is
/// kept, or the parameters' mean over the last steps.
final class StepTraining: Trainee {
  private let method: any BatchStep
  private let rows: SparseView
  private let order: RowOrder
  private let gathered: GatheredRows
  private let batchSize: Int
  private var generator: SeededGenerator
  private let average: ParameterAverage?
  private var epoch = 0

  let optimizers: [Adam] = []

  /// - Parameters:
  ///   - method: What a step does; it runs its optimizers itself.
  ///   - rows: The normal records.
  ///   - averageDecay: That of the mean which is kept; 0 keeps the last step.
  ///   - generator: Continues from where the networks were drawn.
  init(
    _ method: any BatchStep, _ rows: SparseView, batchSize: Int, averageDecay: Float = 0,
    _ generator: SeededGenerator
  ) {
    MatrixProduct.useThreads(1)
    self.method = method
    self.rows = rows
    self.batchSize = batchSize
    self.generator = generator
    order = RowOrder(count: rows.count)
    gathered = GatheredRows(maximumRows: batchSize, columnCount: rows.columnCount)
    average =
      averageDecay > 0 ? ParameterAverage(method.networks, decay: averageDecay) : nil
  }

  /// Trains all epochs.
  ///
  /// - Returns: The losses, epoch by epoch.
  /// - Throws: `TrainingError` when a parameter, or the mean that is kept, has ceased to be finite.
  func run(
    epochs: Int, learningRate: Float, _ observer: TrainingObserver
  ) throws(TrainingError) -> [TrainingProgress] {
    var history: [TrainingProgress] = []
    var followed = observer
    followed.onEpoch = { progress in
      history.append(progress)
      observer.onEpoch(progress)
    }
    let plan = TrainingPlan(
      epochs: epochs, stepsPerEpoch: rows.count / batchSize, patience: epochs,
      learningRate: learningRate, schedule: .constant)
    let outcome = plan.run(self, followed)
    if outcome != nil { average?.install() }
    // Finite numbers may differ by more than a float holds: their mean is looked at too.
    guard outcome != nil, isFinite else {
      throw TrainingError(
        description: history.isEmpty
          ? "cancelled before the first step"
          : "the training diverged: a parameter is not finite")
    }
    return history
  }

  var watched: [Perceptron] { method.networks }
  var lossNames: (String, String) { method.lossNames }

  func beginEpoch() { order.shuffle(using: &generator) }

  func step(_ position: Int) -> (Double, Double) {
    let batch = rows.batch(order.rows(step: position, count: batchSize))
    let losses = method.step(gathered.take(batch), noise: &generator)
    average?.update()
    return losses
  }

  let keepsLastEpoch = true

  func judge() -> Double {
    epoch += 1
    return lastEpochFigure(epoch)
  }
}
