import PicketNN
import PicketNumbers

/// Adversarial autoencoder: an autoencoder whose codes a discriminator makes look like N(0, I).
///
/// ```
/// reconstruction   min over E, G   mean (x - G(E(x)))^2
/// discriminator    min over D      -log D(z) - log(1 - D(E(x))),  z drawn from N(0, I)
/// regularisation   min over E      -log D(E(x))
/// ```
///
/// "Adversarial Autoencoders" (Makhzani and others, 2015, section 2); one step of each a batch. A
/// record's score is its mean squared reconstruction error: what lies far from the normal records
/// has no code of its own.
public struct AAE: AdversarialDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "aae", title: "AAE", source: "Makhzani and others, 2015", needs: .normal, exports: false)

  /// Sizes, epochs and optimizer.
  public var settings = AdversarialSettings(
    latentSize: 8, encoderHidden: [64, 32], generatorHidden: [32, 64],
    discriminatorHidden: [32, 16], batchSize: 200,
    adam: Adam.Settings(learningRate: 1e-3, beta1: 0.5), epochs: 25)

  /// The settings that were chosen here: the document names none.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let layers = try settings.layers(records)
    var generator = SeededGenerator(seed: seed)
    let step = AAEStep(layers, settings, using: &generator)
    let history = try settings.train(step, records.normal, generator, observer)
    return ReconstructionScores(
      encoder: FrozenNetwork(step.encoder), decoder: FrozenNetwork(step.decoder), history: history)
  }
}

/// The three losses of an AAE, each with optimizers of its own: what Adam remembers of the encoder's
/// gradients in one phase says nothing of those in the other.
package final class AAEStep: BatchStep {
  package let encoder: Perceptron
  package let decoder: Perceptron
  private let critic: Critic
  private let reconstructionOptimizers: [Adam]
  private let discriminatorOptimizers: [Adam]
  private let regularizationOptimizer: Adam
  /// Draws from N(0, I), then the codes of the batch.
  private let codes: Matrix
  private let codeGradients: Matrix
  private let error: DecoderError

  /// Draws the networks' weights.
  package init(
    _ layers: AdversarialLayers, _ settings: AdversarialSettings,
    using generator: inout SeededGenerator
  ) {
    let (size, inputs) = (settings.batchSize, layers.inputs)
    encoder = Perceptron(inputs: inputs, layers: layers.encoder, maximumRows: size)
    decoder = Perceptron(inputs: layers.latent, layers: layers.generator, maximumRows: size)
    encoder.initialize(.xavier, using: &generator)
    decoder.initialize(.xavier, using: &generator)
    critic = Critic(
      layers.critic(codes: layers.latent, hidden: layers.discriminator), maximumRows: 2 * size)
    critic.initialize(using: &generator)
    reconstructionOptimizers = [encoder, decoder].map { Adam($0, settings.adam) }
    discriminatorOptimizers = critic.networks.map { Adam($0, settings.adam) }
    regularizationOptimizer = Adam(encoder, settings.adam)
    codes = Matrix(rows: 2 * size, columns: settings.latentSize)
    codeGradients = Matrix(rows: size, columns: settings.latentSize)
    error = DecoderError(decoder, rows: size)
  }

  var networks: [Perceptron] { [encoder, decoder] + critic.networks }
  var lossNames: (String, String) { ("reconstruction", "discriminator") }

  package func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double) {
    let size = batch.count
    let (drawn, code) = (codes.view.rows(0..<size), codes.view.rows(size..<2 * size))
    let codeGradient = codeGradients.view.rows(0..<size)

    encoder.forward(.sparse(batch), into: code)
    let reconstruction = error.evaluate(batch, code: code, codeGradient: codeGradient)
    encoder.backward(.sparse(batch), output: code, outputGradient: codeGradient)
    for optimizer in reconstructionOptimizers { optimizer.step() }

    encoder.forward(.sparse(batch), into: code)
    noise.fillNormal(drawn)
    critic.judge(codes.view.rows(0..<2 * size))
    let loss = critic.loss(0..<size, target: 1) + critic.loss(size..<2 * size, target: 0)
    critic.backward(codes.view.rows(0..<2 * size), parameters: true)
    for optimizer in discriminatorOptimizers { optimizer.step() }

    critic.judge(code)
    _ = critic.loss(0..<size, target: 1)
    critic.backward(code, inputGradient: codeGradient, parameters: false)
    encoder.backward(.sparse(batch), output: code, outputGradient: codeGradient)
    regularizationOptimizer.step()
    return (reconstruction, loss)
  }
}
