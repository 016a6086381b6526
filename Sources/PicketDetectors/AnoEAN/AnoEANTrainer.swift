import PicketNN
import PicketNumbers

/// The state of one training: both networks, their optimizers, and every buffer of a step.
final class AnoEANTrainer: Trainee {
  private let configuration: AnoEANConfiguration
  private let rows: SparseView
  private let normals: Int
  private let encoder: Perceptron
  private let discriminator: Perceptron
  private let encoderAdam: Adam
  private let discriminatorAdam: Adam
  private let validator: LatentValidator
  /// Of the normal rows, which come first.
  private let penalty: ActivityPenalty?

  /// Codes of the batch (normal rows, then anomalies), then as many draws from N(0, I).
  private let codes: Matrix
  private let codeGradients: Matrix
  private let logits: Matrix
  private let logitGradients: Matrix
  private let order: RowOrder
  private let batch: UnsafeMutableBufferPointer<Int32>
  private let gathered: GatheredRows
  private var generator: SeededGenerator
  private var work = TrainingWork()

  init(
    rows: SparseView, normals: Int, validation: SparseView, validationNormals: Int,
    shape: RowShape, _ configuration: AnoEANConfiguration
  ) throws(TrainingError) {
    MatrixProduct.useThreads(1)
    let size = configuration.batchSize
    self.configuration = configuration
    self.rows = rows
    self.normals = normals
    generator = SeededGenerator(seed: configuration.seed)
    func shapes(_ hidden: [Int], _ outputs: Int) -> [Perceptron.Shape] {
      hidden.map { .init(outputs: $0, activation: configuration.activation) }
        + [.init(outputs: outputs, activation: .linear)]
    }
    encoder = Perceptron(
      inputs: rows.columnCount,
      layers: try shape.stack(configuration.convolutionChannels, inputs: rows.columnCount)?
        .encoder(outputs: configuration.latentSize, activation: configuration.activation)
        ?? shapes(configuration.encoderHidden, configuration.latentSize), maximumRows: size)
    discriminator = Perceptron(
      inputs: configuration.latentSize, layers: shapes(configuration.discriminatorHidden, 1),
      maximumRows: 2 * size)
    encoder.initialize(.he, using: &generator)
    discriminator.initialize(.he, using: &generator)
    encoderAdam = Adam(encoder, configuration.adam)
    discriminatorAdam = Adam(discriminator, configuration.adam)
    penalty =
      configuration.activityPenalty > 0
      ? ActivityPenalty(
        weight: configuration.activityPenalty / Float(configuration.normalRows),
        rows: configuration.normalRows) : nil
    validator = LatentValidator(
      rows: validation, normals: validationNormals, encoder: encoder, ridge: configuration.ridge)
    codes = Matrix(rows: 2 * size, columns: configuration.latentSize)
    codeGradients = Matrix(rows: size, columns: configuration.latentSize)
    logits = Matrix(rows: 2 * size, columns: 1)
    logitGradients = Matrix(rows: 2 * size, columns: 1)
    order = RowOrder(count: normals)
    batch = .allocate(capacity: size)
    batch.initialize(repeating: 0)
    gathered = GatheredRows(maximumRows: size, columnCount: rows.columnCount)
  }

  deinit { batch.deallocate() }

  /// Goes through the epochs and gives back the best one's encoder.
  func run(_ observer: TrainingObserver) throws(TrainingError) -> AnoEAN.Result {
    let plan = TrainingPlan(
      epochs: configuration.epochs, stepsPerEpoch: normals / configuration.normalRows,
      patience: configuration.patience, learningRate: configuration.adam.learningRate,
      schedule: configuration.schedule)
    guard let outcome = plan.run(self, observer), let gaussian = validator.fit() else {
      throw TrainingError(description: "no epoch ended with finite codes")
    }
    return AnoEAN.Result(
      network: ScoringNetwork(
        kind: .anoEAN, score: .mahalanobis(mean: gaussian.mean, covariance: gaussian.covariance),
        latentSize: configuration.latentSize, encoder: ScoringLayer.layers(of: encoder)),
      validation: outcome.validation, epoch: outcome.epoch, steps: outcome.steps, work: work,
      seconds: outcome.seconds)
  }

  var watched: [Perceptron] { [encoder] }
  var optimizers: [Adam] { [encoderAdam, discriminatorAdam] }
  var lossNames: (String, String) { ("discriminator", "encoder") }

  func beginEpoch() { order.shuffle(using: &generator) }

  /// AUC-PR of the Mahalanobis distance.
  func judge() -> Double { validator.averagePrecision() }

  /// Names the rows of a step: the next normal ones of this epoch's order, and random anomalies.
  private func draw(_ position: Int) {
    let normalRows = configuration.normalRows
    let next = order.rows(step: position, count: normalRows)
    for index in 0..<normalRows { batch[index] = next[index] }
    for index in normalRows..<batch.count {
      batch[index] = Int32(normals + generator.below(rows.count - normals))
    }
  }

  /// One round of algorithm 1.
  ///
  /// The discriminator's steps leave the encoder alone, so its codes are computed once.
  ///
  /// - Returns: The losses of discriminator (equation 1) and encoder (equation 2, non-saturating,
  ///   without the penalty).
  func step(_ position: Int) -> (Double, Double) {
    draw(position)
    let (size, normal) = (configuration.batchSize, configuration.normalRows)
    let picked = gathered.take(rows.batch(UnsafeBufferPointer(batch)))
    let input = LayerInput.sparse(picked)
    let encoded = codes.view.rows(0..<size)
    encoder.forward(input, into: encoded)
    generator.fillNormal(codes.view.rows(size..<2 * size))

    var discriminatorLoss = 0.0
    for _ in 0..<configuration.discriminatorSteps {
      discriminator.forward(.dense(codes.view), into: logits.view)
      discriminatorLoss =
        loss(size..<2 * size, target: 1) + loss(0..<normal, target: 0)
        + loss(normal..<size, target: 0)
      discriminator.backward(
        .dense(codes.view), output: logits.view, outputGradient: logitGradients.view)
      discriminatorAdam.step()
      work.count(discriminator, rows: 2 * size)
    }

    let judged = logits.view.rows(0..<size)
    discriminator.forward(.dense(encoded), into: judged)
    let encoderLoss = loss(0..<normal, target: 1) + loss(normal..<size, target: 0)
    discriminator.backward(
      .dense(encoded), output: judged, outputGradient: logitGradients.view.rows(0..<size),
      inputGradient: codeGradients.view, parameters: false)
    encoder.backward(
      input, output: encoded, outputGradient: codeGradients.view, penalty: penalty)
    encoderAdam.step()
    // The discriminator passes a gradient on and gets none itself: as much as a way forward.
    work.count(discriminator, rows: 2 * size, backward: false)
    work.count(encoder, picked)
    return (discriminatorLoss, encoderLoss)
  }

  /// One expectation of equations 1 and 2: the mean cross-entropy of some logits.
  private func loss(_ range: Range<Int>, target: Float) -> Double {
    BinaryCrossEntropy.evaluate(
      logits: logits.view.rows(range), target: target, weight: 1 / Float(range.count),
      gradient: logitGradients.view.rows(range))
  }
}
