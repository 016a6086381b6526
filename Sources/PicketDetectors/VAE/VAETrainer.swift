import PicketNN
import PicketNumbers

/// The state of one training: both networks, their optimizers, and the order of the rows.
final class VAETrainer: Trainee {
  private let configuration: VAEConfiguration
  private let rows: SparseView
  private let validation: SparseView
  private let networks: VAENetworks
  private let encoderAdam: Adam
  private let decoderAdam: Adam
  private let order: RowOrder
  private let gathered: GatheredRows
  private var generator: SeededGenerator
  private var work = TrainingWork()

  init(
    rows: SparseView, validation: SparseView, shape: RowShape, _ configuration: VAEConfiguration
  ) throws(TrainingError) {
    MatrixProduct.useThreads(1)
    self.configuration = configuration
    self.rows = rows
    self.validation = validation
    generator = SeededGenerator(seed: configuration.seed)
    networks = try VAENetworks(
      inputs: rows.columnCount, shape: shape, configuration, using: &generator)
    encoderAdam = Adam(networks.encoder, configuration.adam)
    decoderAdam = Adam(networks.decoder, configuration.adam)
    order = RowOrder(count: rows.count)
    gathered = GatheredRows(
      maximumRows: configuration.batchSize, columnCount: rows.columnCount)
  }

  /// Goes through the epochs and gives back the best one's network.
  func run(_ observer: TrainingObserver) throws(TrainingError) -> VAE.Result {
    let plan = TrainingPlan(
      epochs: configuration.epochs, stepsPerEpoch: rows.count / configuration.batchSize,
      patience: configuration.patience, learningRate: configuration.adam.learningRate,
      schedule: configuration.schedule)
    guard let outcome = plan.run(self, observer),
      let network = networks.scoring(fittedOn: validation)
    else { throw TrainingError(description: "no epoch ended with a finite loss") }
    return VAE.Result(
      network: network, validationLoss: -outcome.validation, epoch: outcome.epoch,
      steps: outcome.steps, work: work, seconds: outcome.seconds)
  }

  var watched: [Perceptron] { [networks.encoder, networks.decoder] }
  var optimizers: [Adam] { [encoderAdam, decoderAdam] }
  var lossNames: (String, String) { ("reconstruction", "divergence") }

  func beginEpoch() { order.shuffle(using: &generator) }

  /// One step down the gradient of a batch's loss.
  func step(_ position: Int) -> (Double, Double) {
    let batch = gathered.take(
      rows.batch(order.rows(step: position, count: configuration.batchSize)))
    let loss = networks.loss(batch, noise: &generator, backward: true)
    encoderAdam.step()
    decoderAdam.step()
    work.count(networks.encoder, batch)
    // The decoder's first layer passes its gradient on to the encoder.
    work.count(networks.decoder, rows: batch.count)
    work.add(batch.count * networks.decoder.layers[0].multiplyAddsPerRow)
    return (loss.reconstruction, loss.divergence)
  }

  /// Less the loss of the validation rows, with the same noise in every epoch.
  func judge() -> Double {
    var noise = SeededGenerator(seed: ~configuration.seed)
    var loss = VAELoss()
    for first in stride(from: 0, to: validation.count, by: configuration.batchSize) {
      let range = first..<min(first + configuration.batchSize, validation.count)
      loss.average(
        networks.loss(validation.batch(range), noise: &noise, backward: false),
        share: Double(range.count) / Double(range.upperBound))
    }
    return -(loss.reconstruction + loss.divergence)
  }
}

/// The two parts of a VAE's loss, each with its weight, in nats a record.
struct VAELoss {
  var reconstruction = 0.0
  var divergence = 0.0

  /// Moves an average of losses so that another one has its share in it.
  mutating func average(_ other: VAELoss, share: Double) {
    reconstruction += share * (other.reconstruction - reconstruction)
    divergence += share * (other.divergence - divergence)
  }
}
