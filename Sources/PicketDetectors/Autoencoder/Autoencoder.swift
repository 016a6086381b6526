import PicketNN
import PicketNumbers

/// Autoencoder: a record is normal as far as a narrow code is enough to write it anew.
///
/// ```
/// min over E, D   mean (x - D(E(x)))^2;   score(x) = mean (x - D(E(x)))^2
/// ```
///
/// "Apply Autoencoders on KDDCup99 Dataset" (Yu, 2022): 116-29-116, and deeper, 116-58-29-58-116.
/// Hidden layers are rectified, the code is linear and the output is a sigmoid of its sums, as
/// inputs lie between 0 and 1; the document names neither these nor the optimizer.
public struct Autoencoder: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "ae", title: "AE", source: "Yu, 2022", needs: .normal, exports: true)

  /// The widths of the encoder's hidden layers, which the decoder mirrors.
  public var hidden: [Int] = []
  /// d, the size of the code.
  public var latentSize = 29
  /// Rows of a step.
  public var batchSize = 256
  /// The passes over the normal records.
  public var epochs = 32
  /// The optimizer.
  public var adam = Adam.Settings(learningRate: 1e-3)

  /// The shallow autoencoder of the document.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try TrainingError.check("a hidden width", hidden)
    try TrainingError.check("the size of the code", [latentSize])
    try TrainingError.check("the number of epochs", [epochs])
    try TrainingError.check(batch: batchSize, of: records.normal)
    var generator = SeededGenerator(seed: seed)
    let step = AutoencoderStep(inputs: records.normal.columnCount, self, using: &generator)
    let history = try records.normal.withView { rows throws(TrainingError) in
      try StepTraining(step, rows, batchSize: batchSize, generator)
        .run(epochs: epochs, learningRate: adam.learningRate, observer)
    }
    return FittedNetwork(
      ScoringNetwork(
        kind: .vae, score: .reconstruction, latentSize: latentSize,
        encoder: ScoringLayer.layers(of: step.encoder),
        decoder: ScoringLayer.layers(of: step.decoder)),
      history: history)
  }
}

/// The squared error of a batch, down whose gradient both networks go.
final class AutoencoderStep: BatchStep {
  let encoder: Perceptron
  let decoder: Perceptron
  private let optimizers: [Adam]
  private let codes: Matrix
  private let codeGradients: Matrix
  private let error: DecoderError

  init(inputs: Int, _ settings: Autoencoder, using generator: inout SeededGenerator) {
    let size = settings.batchSize
    func shapes(_ hidden: [Int], _ outputs: Int, _ last: Activation) -> [Perceptron.Shape] {
      hidden.map { .init(outputs: $0, activation: .relu) }
        + [.init(outputs: outputs, activation: last)]
    }
    encoder = Perceptron(
      inputs: inputs, layers: shapes(settings.hidden, settings.latentSize, .linear),
      maximumRows: size)
    decoder = Perceptron(
      inputs: settings.latentSize, layers: shapes(settings.hidden.reversed(), inputs, .sigmoid),
      maximumRows: size)
    encoder.initialize(.xavier, using: &generator)
    decoder.initialize(.xavier, using: &generator)
    optimizers = [encoder, decoder].map { Adam($0, settings.adam) }
    codes = Matrix(rows: size, columns: settings.latentSize)
    codeGradients = Matrix(rows: size, columns: settings.latentSize)
    error = DecoderError(decoder, rows: size)
  }

  var networks: [Perceptron] { [encoder, decoder] }
  var lossNames: (String, String) { ("reconstruction", "") }

  func step(_ batch: SparseBatch, noise: inout SeededGenerator) -> (Double, Double) {
    let range = 0..<batch.count
    let (code, codeGradient) = (codes.view.rows(range), codeGradients.view.rows(range))
    encoder.forward(.sparse(batch), into: code)
    let loss = error.evaluate(batch, code: code, codeGradient: codeGradient)
    encoder.backward(.sparse(batch), output: code, outputGradient: codeGradient)
    for optimizer in optimizers { optimizer.step() }
    return (loss, 0)
  }
}
