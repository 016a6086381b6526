import PicketNN

/// The state of one training: both networks, their optimizers, and the order of the rows.
final class VAETrainer {
  private let configuration: VAEConfiguration
  private let rows: SparseView
  private let validation: SparseView
  private let networks: VAENetworks
  private let encoderAdam: Adam
  private let decoderAdam: Adam
  private let order: RowOrder
  private var generator: SeededGenerator
  private var work = TrainingWork()

  init(rows: SparseView, validation: SparseView, _ configuration: VAEConfiguration) {
    MatrixProduct.useThreads(1)
    self.configuration = configuration
    self.rows = rows
    self.validation = validation
    generator = SeededGenerator(seed: configuration.seed)
    networks = VAENetworks(inputs: rows.columnCount, configuration, using: &generator)
    encoderAdam = Adam(networks.encoder, configuration.adam)
    decoderAdam = Adam(networks.decoder, configuration.adam)
    order = RowOrder(count: rows.count)
  }

  /// Goes through the epochs and gives back the best one's network.
  func run(_ observer: TrainingObserver) throws(TrainingError) -> VAE.Result {
    let clock = ContinuousClock()
    let start = clock.now
    let watched = [networks.encoder, networks.decoder]
    let stopping = EarlyStopping(watched, patience: configuration.patience)
    let stepsPerEpoch = rows.count / configuration.batchSize
    var steps = 0
    let planned = Double(stepsPerEpoch * configuration.epochs)
    for epoch in 1...max(1, configuration.epochs) {
      var loss = VAELoss()
      var cancelled = false
      order.shuffle(using: &generator)
      for position in 0..<stepsPerEpoch {
        cancelled = observer.isCancelled()
        if cancelled { break }
        let rate = configuration.schedule.factor(at: Double(steps) / planned)
        encoderAdam.settings.learningRate = rate * configuration.adam.learningRate
        decoderAdam.settings.learningRate = rate * configuration.adam.learningRate
        let picked = order.rows(step: position, count: configuration.batchSize)
        loss.average(step(rows.batch(picked)), share: 1 / Double(position + 1))
        steps += 1
      }
      // An epoch that was cut short is judged like any other: it may be the best.
      let held = validationLoss()
      let enough = stopping.observe(-held, epoch: epoch)
      observer.onEpoch(
        TrainingProgress(
          epoch: epoch, epochs: configuration.epochs,
          losses: [("reconstruction", loss.reconstruction), ("divergence", loss.divergence)],
          validation: -held, seconds: (clock.now - start) / .seconds(1)))
      if enough || cancelled { break }
    }
    stopping.restoreBest()
    guard stopping.bestEpoch > 0, let network = networks.scoring(fittedOn: validation) else {
      throw TrainingError(description: "no epoch ended with a finite loss")
    }
    return VAE.Result(
      network: network, validationLoss: -stopping.best, epoch: stopping.bestEpoch, steps: steps,
      work: work, seconds: (clock.now - start) / .seconds(1))
  }

  /// One step down the gradient of a batch's loss.
  private func step(_ batch: SparseBatch) -> VAELoss {
    let loss = networks.loss(batch, noise: &generator, backward: true)
    encoderAdam.step()
    decoderAdam.step()
    work.count(networks.encoder, batch)
    // The decoder's first layer passes its gradient on to the encoder.
    work.count(networks.decoder, rows: batch.count)
    work.add(batch.count * networks.decoder.layers[0].weights.count)
    return loss
  }

  /// The loss of the validation rows, with the same noise in every epoch.
  private func validationLoss() -> Double {
    var noise = SeededGenerator(seed: ~configuration.seed)
    var loss = VAELoss()
    for first in stride(from: 0, to: validation.count, by: configuration.batchSize) {
      let range = first..<min(first + configuration.batchSize, validation.count)
      loss.average(
        networks.loss(validation.batch(range), noise: &noise, backward: false),
        share: Double(range.count) / Double(range.upperBound))
    }
    return loss.reconstruction + loss.divergence
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
