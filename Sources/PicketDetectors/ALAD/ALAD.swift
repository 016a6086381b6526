import PicketNN
import PicketNumbers

/// Adversarially learned anomaly detection: a bidirectional GAN whose two ways round are judged too.
///
/// ```
/// D_xz  (x, E(x)) against (G(z), z)
/// D_xx  (x, x)    against (x, G(E(x)))    cycle consistency, which bounds the entropy of x given z
/// D_zz  (z, z)    against (z, E(G(z)))    and that of z given x
/// score(x) = |f(x, x) - f(x, G(E(x)))|_1
/// ```
///
/// f is the last hidden layer of D_xx; the discriminators' weights have spectral norms of at most 1.
/// "Adversarially Learned Anomaly Detection" (Zenati and others, 2018, sections 3.2 to 3.4).
public struct ALAD: AdversarialDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "alad", title: "ALAD", source: "Zenati and others, 2018", needs: .normal, exports: false)

  /// Sizes, epochs and optimizer; `discriminatorHidden` are the widths of D_xz, whose layers see record
  /// and code apart but for the last, and the last that of D_xx.
  ///
  /// Widths and the latent size are the publication's for KDD99, whose batches have 50 rows at a
  /// learning rate of 1e-5; sixty epochs of larger steps find more of NSL-KDD than twenty or forty.
  /// Neither the parameters' mean nor the publication's dropout betters the last step: on three seeds
  /// that are in no table, an AUC-PR of 0.90 and 0.83 for 0.90.
  public var settings = AdversarialSettings(
    latentSize: 32, encoderHidden: [64], generatorHidden: [64, 128],
    discriminatorHidden: [128, 128], batchSize: 200,
    adam: Adam.Settings(learningRate: 1e-4, beta1: 0.5), epochs: 60)

  /// The widths of D_zz's hidden layers.
  public var latentDiscriminatorHidden = [32]

  /// The publication's networks.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let layers = try settings.layers(records)
    try TrainingError.check("a hidden width of D_zz", latentDiscriminatorHidden)
    var generator = SeededGenerator(seed: seed)
    let step = ALADStep(
      layers, settings, latentHidden: latentDiscriminatorHidden, using: &generator)
    let history = try settings.train(step, records.normal, generator, observer)
    return FittedALAD(
      encoder: FrozenNetwork(step.pair.encoder), generator: FrozenNetwork(step.pair.generator),
      critic: FrozenCritic(step.records.critic), history: history)
  }
}

/// A trained ALAD.
struct FittedALAD: FittedDetector {
  let encoder: FrozenNetwork
  let generator: FrozenNetwork
  let critic: FrozenCritic
  let history: [TrainingProgress]

  var scoringBytes: Int { encoder.bytes + generator.bytes + critic.bytes }

  func scores(_ rows: SparseRows) -> [Double] {
    let size = 512
    let (encoder, generator) = (
      encoder.thawed(maximumRows: size), generator.thawed(maximumRows: size)
    )
    let critic = critic.thawed(maximumRows: 2 * size)
    let codes = Matrix(rows: size, columns: encoder.outputs)
    let outputs = Matrix(rows: size, columns: generator.outputs)
    let pairs = JoinedRows(rows: 2 * size, left: generator.outputs, right: generator.outputs)
    return rows.scored(by: size) { batch, records in
      let count = batch.count
      let (code, output) = (codes.view.rows(0..<count), outputs.view.rows(0..<count))
      encoder.forward(.sparse(batch), into: code)
      generator.forward(.dense(code), into: output)
      pairs.setLeft(records, from: 0)
      pairs.setRight(records, from: 0)
      pairs.setLeft(records, from: count)
      pairs.setRight(output, from: count)
      critic.judge(pairs.view(2 * count))
      return (0..<count).map { row in
        Distance.absolute(
          critic.featureRows(row..<row + 1), critic.featureRows(count + row..<count + row + 1))
      }
    }
  }
}
