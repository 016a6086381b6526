import PicketNN
import PicketNumbers

/// AnoGAN: a generator of normal records, and for each record a search for the code nearest to it.
///
/// ```
/// discriminator  min over D   -log D(x) - log(1 - D(G(z)))
/// generator      min over G   -log D(G(z))
/// score(x)       min over z   (1 - lambda) |x - G(z)|_1 + lambda |f(x) - f(G(z))|_1
/// ```
///
/// f are the features of D, its last hidden layer. "Unsupervised Anomaly Detection with Generative
/// Adversarial Networks to Guide Marker Discovery" (Schlegl and others, 2017, equations 2, 5 and 6),
/// lambda = 0.1. The search starts at N(0, I) drawn from the seed, the same for every batch, and
/// takes `searchSteps` steps of Adam; records are searched for side by side.
public struct AnoGAN: AdversarialDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "anogan", title: "AnoGAN", source: "Schlegl and others, 2017", needs: .normal,
    exports: false)

  /// Sizes, epochs and optimizer; there is no encoder.
  public var settings = AdversarialSettings(
    latentSize: 32, encoderHidden: [], generatorHidden: [64, 128], discriminatorHidden: [128, 64],
    batchSize: 200, adam: Adam.Settings(learningRate: 1e-4, beta1: 0.5), epochs: 50)

  /// lambda, the weight of the features.
  public var lambda: Float = 0.1
  /// The steps of a search.
  public var searchSteps = 100
  /// The length of a step of the search.
  public var searchRate: Float = 0.05

  /// The settings that were chosen here: the publication is about images.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let layers = try settings.layers(records)
    try TrainingError.check("the steps of a search", [searchSteps])
    var generator = SeededGenerator(seed: seed)
    let step = AnoGANStep(layers, settings, using: &generator)
    let history = try settings.train(step, records.normal, generator, observer)
    return FittedAnoGAN(
      generator: FrozenNetwork(step.generator), critic: FrozenCritic(step.critic),
      search: LatentSearch.Settings(
        steps: searchSteps, rate: searchRate, lambda: lambda, seed: seed), history: history)
  }
}

/// The two losses of a GAN.
final class AnoGANStep: BatchStep {
  let generator: Perceptron
  let critic: Critic
  private let generatorAdam: Adam
  private let critics: [Adam]
  private let drawn: Matrix
  /// Normal records, then made ones.
  private let rows: Matrix
  private let madeGradients: Matrix

  init(
    _ layers: AdversarialLayers, _ settings: AdversarialSettings,
    using random: inout SeededGenerator
  ) {
    let (size, inputs) = (settings.batchSize, layers.inputs)
    generator = Perceptron(inputs: layers.latent, layers: layers.generator, maximumRows: size)
    generator.initialize(.xavier, using: &random)
    critic = Critic(layers.recordCritic, maximumRows: 2 * size)
    critic.initialize(using: &random)
    generatorAdam = Adam(generator, settings.adam)
    critics = critic.networks.map { Adam($0, settings.adam) }
    drawn = Matrix(rows: size, columns: settings.latentSize)
    rows = Matrix(rows: 2 * size, columns: inputs)
    madeGradients = Matrix(rows: size, columns: inputs)
  }

  var networks: [Perceptron] { [generator] + critic.networks }
  var lossNames: (String, String) { ("discriminator", "generator") }

  func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double) {
    let size = batch.count
    let (code, made) = (drawn.view.rows(0..<size), rows.view.rows(size..<2 * size))
    batch.scatter(into: rows.view.rows(0..<size))
    noise.fillNormal(code)
    generator.forward(.dense(code), into: made)
    critic.judge(rows.view.rows(0..<2 * size))
    let told = critic.loss(0..<size, target: 1) + critic.loss(size..<2 * size, target: 0)
    critic.backward(rows.view.rows(0..<2 * size), parameters: true)
    for optimizer in critics { optimizer.step() }

    critic.judge(made)
    let deceived = critic.loss(0..<size, target: 1)
    critic.backward(made, inputGradient: madeGradients.view.rows(0..<size), parameters: false)
    generator.backward(
      .dense(code), output: made, outputGradient: madeGradients.view.rows(0..<size))
    generatorAdam.step()
    return (told, deceived)
  }
}
