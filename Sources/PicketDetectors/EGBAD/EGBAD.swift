import PicketNN
import PicketNumbers

/// Efficient GAN-based anomaly detection: a bidirectional GAN whose encoder replaces a search.
///
/// ```
/// score(x) = alpha |x - G(E(x))|_1 + (1 - alpha) (-log D(x, E(x))),  alpha = 0.9
/// ```
///
/// "Efficient GAN-Based Anomaly Detection" (Zenati and others, 2018, section 3), with the
/// cross-entropy as the discriminator's part; the training is `PairNetworks`.
public struct EGBAD: AdversarialDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "egbad", title: "EGBAD (BiGAN)", source: "Zenati and others, 2018", needs: .normal,
    exports: false)

  /// Sizes, epochs and optimizer.
  ///
  /// Widths and the latent size are the publication's for KDD99. Its batches have 50 rows at a learning
  /// rate of 1e-5: with four times the rows, steps of twice the length. As in its authors' program,
  /// records are scored by a running mean of the parameters; on validation records the mean finds
  /// more than the last step does, and seeds differ less.
  public var settings = AdversarialSettings(
    latentSize: 32, encoderHidden: [64], generatorHidden: [64, 128],
    discriminatorHidden: [128, 128], batchSize: 200,
    adam: Adam.Settings(learningRate: 2e-5, beta1: 0.5), epochs: 50, averageDecay: 0.999)

  /// alpha, the weight of the reconstruction.
  public var alpha = 0.9

  /// The publication's networks.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let layers = try settings.layers(records)
    var generator = SeededGenerator(seed: seed)
    let step = EGBADStep(layers, settings, using: &generator)
    let history = try settings.train(step, records.normal, generator, observer)
    return FittedEGBAD(step.pair, alpha: alpha, history: history)
  }
}

/// The two losses of a bidirectional GAN.
final class EGBADStep: BatchStep {
  let pair: PairNetworks
  private let makers: [Adam]
  private let critics: [Adam]

  init(
    _ layers: AdversarialLayers, _ settings: AdversarialSettings,
    using generator: inout SeededGenerator
  ) {
    pair = PairNetworks(
      layers, judge: layers.joinedCritic, batchSize: settings.batchSize, using: &generator)
    makers = [pair.encoder, pair.generator].map { Adam($0, settings.adam) }
    critics = pair.critic.networks.map { Adam($0, settings.adam) }
  }

  var networks: [Perceptron] { [pair.encoder, pair.generator] + pair.critic.networks }
  var lossNames: (String, String) { ("discriminator", "encoder and generator") }

  func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double) {
    let range = 0..<batch.count
    pair.join(batch, noise: &noise)
    let told = pair.discriminate(batch.count)
    for optimizer in critics { optimizer.step() }
    let deceived = pair.deceive(batch.count)
    pair.encoder.backward(
      .sparse(batch), output: pair.codes.view.rows(range),
      outputGradient: pair.codeGradients.view.rows(range))
    pair.generator.backward(
      .dense(pair.drawn.view.rows(range)), output: pair.made.view.rows(range),
      outputGradient: pair.madeGradients.view.rows(range))
    for optimizer in makers { optimizer.step() }
    return (told, deceived)
  }
}
