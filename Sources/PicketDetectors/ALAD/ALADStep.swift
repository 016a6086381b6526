import PicketNN
import PicketNumbers

/// The losses of ALAD: three discriminators, then encoder and generator against all of them.
final class ALADStep: BatchStep {
  let pair: PairNetworks
  let records: CycleCritic
  let codes: CycleCritic
  private let makers: [Adam]
  private let critics: [Adam]
  private let projection: SpectralProjection
  /// G(E(x)) and its gradient; E(G(z)) and its gradient.
  private let roundRecords: Matrix
  private let roundRecordGradients: Matrix
  private let roundCodes: Matrix
  private let roundCodeGradients: Matrix
  /// Gradients on the other way, of codes, of made records, and of both networks.
  private let codeGradients: Matrix
  private let madeGradients: Matrix
  private let encoderGradients: Matrix
  private let generatorGradients: Matrix

  init(
    _ layers: AdversarialLayers, _ settings: AdversarialSettings, latentHidden: [Int],
    using generator: inout SeededGenerator
  ) {
    let (size, inputs, latent) = (settings.batchSize, layers.inputs, layers.latent)
    pair = PairNetworks(layers, judge: layers.pairCritic, batchSize: size, using: &generator)
    records = CycleCritic(width: inputs, layers.cycleCritic, rows: size, using: &generator)
    codes = CycleCritic(
      width: latent,
      layers.critic(codes: 2 * latent, hidden: AdversarialSettings.hidden(latentHidden)),
      rows: size, using: &generator)
    let judges = [pair.critic, records.critic, codes.critic].flatMap(\.networks)
    makers = [pair.encoder, pair.generator].map { Adam($0, settings.adam) }
    critics = judges.map { Adam($0, settings.adam) }
    projection = SpectralProjection(judges, using: &generator)
    roundRecords = Matrix(rows: size, columns: inputs)
    roundRecordGradients = Matrix(rows: size, columns: inputs)
    roundCodes = Matrix(rows: size, columns: latent)
    roundCodeGradients = Matrix(rows: size, columns: latent)
    codeGradients = Matrix(rows: size, columns: latent)
    madeGradients = Matrix(rows: size, columns: inputs)
    encoderGradients = Matrix(rows: 1, columns: pair.encoder.parameters.columns)
    generatorGradients = Matrix(rows: 1, columns: pair.generator.parameters.columns)
  }

  var networks: [Perceptron] {
    [pair.encoder, pair.generator]
      + [pair.critic, records.critic, codes.critic].flatMap(\.networks)
  }
  var lossNames: (String, String) { ("discriminators", "encoder and generator") }

  func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double) {
    let range = 0..<batch.count
    let (x, z) = (pair.targets.view.rows(range), pair.drawn.view.rows(range))
    let (code, made) = (pair.codes.view.rows(range), pair.made.view.rows(range))
    let (roundRecord, roundCode) = (roundRecords.view.rows(range), roundCodes.view.rows(range))

    pair.join(batch, noise: &noise)
    pair.generator.forward(.dense(code), into: roundRecord)
    pair.encoder.forward(.dense(made), into: roundCode)
    let told =
      pair.discriminate(batch.count) + records.discriminate(x, roundRecord)
      + codes.discriminate(z, roundCode)
    for optimizer in critics { optimizer.step() }
    projection.apply()

    var deceived = pair.deceive(batch.count)
    // The way x, E(x), G(E(x)): the networks hold what they computed last, so each way is gone
    // again before its gradient is taken.
    deceived += records.deceive(x, roundRecord, gradient: roundRecordGradients.view.rows(range))
    pair.encoder.forward(.sparse(batch), into: code)
    pair.generator.forward(.dense(code), into: roundRecord)
    pair.generator.backward(
      .dense(code), output: roundRecord, outputGradient: roundRecordGradients.view.rows(range),
      inputGradient: codeGradients.view.rows(range))
    generatorGradients.copy(from: pair.generator.gradients)
    Self.add(codeGradients, to: pair.codeGradients)
    pair.encoder.backward(
      .sparse(batch), output: code, outputGradient: pair.codeGradients.view.rows(range))
    encoderGradients.copy(from: pair.encoder.gradients)

    // The way z, G(z), E(G(z)).
    deceived += codes.deceive(z, roundCode, gradient: roundCodeGradients.view.rows(range))
    pair.generator.forward(.dense(z), into: made)
    pair.encoder.forward(.dense(made), into: roundCode)
    pair.encoder.backward(
      .dense(made), output: roundCode, outputGradient: roundCodeGradients.view.rows(range),
      inputGradient: madeGradients.view.rows(range))
    Self.add(encoderGradients, to: pair.encoder.gradients)
    Self.add(madeGradients, to: pair.madeGradients)
    pair.generator.backward(
      .dense(z), output: made, outputGradient: pair.madeGradients.view.rows(range))
    Self.add(generatorGradients, to: pair.generator.gradients)
    for optimizer in makers { optimizer.step() }
    return (told, deceived)
  }

  private static func add(_ source: Matrix, to target: Matrix) {
    let (from, to) = (source.view, target.view)
    for place in 0..<from.count { to.base[place] += from.base[place] }
  }
}
