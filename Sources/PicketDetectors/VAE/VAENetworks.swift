import PicketNN
import PicketNumbers

/// Encoder and decoder of a VAE, and every buffer that a step needs.
final class VAENetworks {
  let encoder: Perceptron
  let decoder: Perceptron
  private let configuration: VAEConfiguration
  /// [mu | logvar], and its gradient.
  private let codes: Matrix
  private let codeGradients: Matrix
  private let noise: Matrix
  private let samples: Matrix
  private let sampleGradients: Matrix
  private let outputs: Matrix
  private let outputGradients: Matrix
  /// The inputs with their zeros, to compare the outputs with.
  private let targets: Matrix

  /// - Parameter shape: How the numbers of a row lie, which convolutions ask.
  init(
    inputs: Int, shape: RowShape, _ configuration: VAEConfiguration,
    using generator: inout SeededGenerator
  ) throws(TrainingError) {
    let (rows, size) = (configuration.batchSize, configuration.latentSize)
    func shapes(_ hidden: [Int], _ outputs: Int, _ last: Activation) -> [Perceptron.Shape] {
      hidden.map { .init(outputs: $0, activation: configuration.activation) }
        + [.init(outputs: outputs, activation: last)]
    }
    let stack = try shape.stack(configuration.convolutionChannels, inputs: inputs)
    self.configuration = configuration
    encoder = Perceptron(
      inputs: inputs,
      layers: stack?.encoder(outputs: 2 * size, activation: configuration.activation)
        ?? shapes(configuration.encoderHidden, 2 * size, .linear), maximumRows: rows)
    decoder = Perceptron(
      inputs: size,
      layers: stack?.decoder(
        activation: configuration.activation, outputActivation: configuration.outputActivation)
        ?? shapes(configuration.decoderHidden, inputs, configuration.outputActivation),
      maximumRows: rows)
    encoder.initialize(.xavier, using: &generator)
    decoder.initialize(.xavier, using: &generator)
    codes = Matrix(rows: rows, columns: 2 * size)
    codeGradients = Matrix(rows: rows, columns: 2 * size)
    noise = Matrix(rows: rows, columns: size)
    samples = Matrix(rows: rows, columns: size)
    sampleGradients = Matrix(rows: rows, columns: size)
    outputs = Matrix(rows: rows, columns: inputs)
    outputGradients = Matrix(rows: rows, columns: inputs)
    targets = Matrix(rows: rows, columns: inputs)
  }

  /// The mean loss of a batch and, when asked for, its gradient in both networks.
  func loss(
    _ batch: SparseBatch, noise generator: inout SeededGenerator, backward: Bool
  ) -> VAELoss {
    let range = 0..<batch.count
    let (code, sample) = (codes.view.rows(range), samples.view.rows(range))
    let (output, target) = (outputs.view.rows(range), targets.view.rows(range))
    let (outputGradient, codeGradient) = (
      outputGradients.view.rows(range), codeGradients.view.rows(range)
    )
    encoder.forward(.sparse(batch), into: code)
    let scaled = noise.view.rows(range)
    generator.fillNormal(scaled)
    GaussianLatent.sample(code: code, noise: scaled, into: sample)
    decoder.forward(.dense(sample), into: output)
    batch.scatter(into: target)
    var loss = VAELoss()
    loss.reconstruction = SquaredError.evaluate(
      output: output, target: target, weight: configuration.alpha / Float(output.count),
      gradient: outputGradient)
    loss.divergence = GaussianLatent.divergence(
      code: code, weight: configuration.beta / Float(batch.count), gradient: codeGradient)
    guard backward else { return loss }
    let sampleGradient = sampleGradients.view.rows(range)
    decoder.backward(
      .dense(sample), output: output, outputGradient: outputGradient,
      inputGradient: sampleGradient)
    GaussianLatent.addSampleGradient(sampleGradient, scaledNoise: scaled, to: codeGradient)
    encoder.backward(.sparse(batch), output: code, outputGradient: codeGradient)
    return loss
  }

  /// The layers that the chosen score needs; nil when the codes are not finite.
  func scoring(fittedOn validation: SparseView) -> ScoringNetwork? {
    let size = configuration.latentSize
    var layers = ScoringLayer.layers(of: encoder)
    if configuration.score != .reconstructionAndKL, case .dense(let last)? = layers.popLast() {
      // The score never reads the log-variances: the last layer ends with the means.
      layers.append(.dense(last.firstOutputs(size)))
    }
    let score: ScoringNetwork.Score
    switch configuration.score {
    case .reconstruction: score = .reconstruction
    case .reconstructionAndKL:
      score = .reconstructionAndKL(
        alpha: Double(configuration.alpha), beta: Double(configuration.beta))
    case .latentMahalanobis:
      guard
        let gaussian = LatentGaussian(
          codes: means(validation), size: size, ridge: configuration.ridge)
      else { return nil }
      score = .mahalanobis(mean: gaussian.mean, covariance: gaussian.covariance)
    }
    return ScoringNetwork(
      kind: .vae, score: score, latentSize: size, encoder: layers,
      decoder: configuration.score == .latentMahalanobis ? [] : ScoringLayer.layers(of: decoder))
  }

  private func means(_ rows: SparseView) -> [Float] {
    var means: [Float] = []
    for first in stride(from: 0, to: rows.count, by: encoder.maximumRows) {
      let range = first..<min(first + encoder.maximumRows, rows.count)
      let code = codes.view.rows(0..<range.count)
      encoder.forward(.sparse(rows.batch(range)), into: code)
      for row in 0..<range.count {
        means += (0..<configuration.latentSize).map { code[row, $0] }
      }
    }
    return means
  }
}
