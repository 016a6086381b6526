import PicketNN
import PicketNumbers

/// What the adversarial detectors have in common; each names its own defaults.
public struct AdversarialSettings: Sendable, Codable, Hashable {
  /// d, the number of latent coordinates.
  public var latentSize: Int
  /// Channels of convolutions (kernel 4, stride 2) with which encoder and discriminators of records
  /// begin, and with whose transposed ones the generator ends; empty for dense networks.
  ///
  /// They stand in place of `encoderHidden` and `generatorHidden`.
  public var convolutionChannels: [Int] = []
  /// The widths of the encoder's hidden layers.
  public var encoderHidden: [Int]
  /// The widths of the generator's (or decoder's) hidden layers.
  public var generatorHidden: [Int]
  /// The widths of a discriminator's hidden layers; the last one gives the features.
  public var discriminatorHidden: [Int]
  /// Rows of a step.
  public var batchSize: Int
  /// The optimizer of all networks.
  public var adam: Adam.Settings
  /// The passes over the normal records.
  public var epochs: Int

  /// The decay of the parameters' running mean, which is what is kept (`ParameterAverage`); 0 keeps
  /// the last step's.
  public var averageDecay: Float = 0

  /// The function of all hidden layers.
  static let activation = Activation.leakyReLU(slope: 0.1)

  /// The layers of all networks, for the rows of some records.
  ///
  /// - Throws: `TrainingError` when sizes or records cannot train.
  package func layers(_ records: TrainingRecords) throws(TrainingError) -> AdversarialLayers {
    try check(records)
    let inputs = records.normal.columnCount
    let stack = try records.shape.stack(convolutionChannels, inputs: inputs)
    let hidden = Self.hidden
    return AdversarialLayers(
      inputs: inputs, latent: latentSize,
      encoder: stack?.encoder(outputs: latentSize, activation: Self.activation)
        ?? hidden(encoderHidden) + [.init(outputs: latentSize, activation: .linear)],
      generator: stack?.decoder(activation: Self.activation, outputActivation: .sigmoid)
        ?? hidden(generatorHidden) + [.init(outputs: inputs, activation: .sigmoid)],
      image: (stack?.geometries ?? []).map { .init($0, activation: Self.activation) },
      discriminator: hidden(discriminatorHidden))
  }

  /// Trains all epochs.
  ///
  /// - Returns: The losses, epoch by epoch.
  func train(
    _ step: any BatchStep, _ normal: SparseRows, _ generator: SeededGenerator,
    _ observer: TrainingObserver
  ) throws(TrainingError) -> [TrainingProgress] {
    try normal.withView { rows throws(TrainingError) in
      try StepTraining(
        step, rows, batchSize: batchSize, averageDecay: averageDecay, generator
      ).run(epochs: epochs, learningRate: adam.learningRate, observer)
    }
  }

  static func hidden(_ widths: [Int]) -> [Perceptron.Shape] {
    widths.map { .init(outputs: $0, activation: activation) }
  }

  /// Refuses sizes and records that cannot train.
  private func check(_ records: TrainingRecords) throws(TrainingError) {
    try TrainingError.check("the latent size", [latentSize])
    try TrainingError.check("a hidden width", encoderHidden + generatorHidden)
    try TrainingError.check("a hidden width of a discriminator", discriminatorHidden)
    try TrainingError.check("the number of epochs", [epochs])
    guard !discriminatorHidden.isEmpty else {
      throw TrainingError(description: "a discriminator needs a hidden layer, its features")
    }
    guard (0..<1).contains(averageDecay) else {
      throw TrainingError(
        description: "\(averageDecay) as the decay of the mean; it must be from 0 to below 1")
    }
    try TrainingError.check(batch: batchSize, of: records.normal)
  }
}

/// A detector whose networks are trained against each other.
public protocol AdversarialDetector: Detector {
  /// Sizes, epochs and optimizer.
  var settings: AdversarialSettings { get set }
}

/// The layers of an adversarial detector's networks.
package struct AdversarialLayers {
  /// Numbers of a record.
  let inputs: Int
  /// d.
  let latent: Int
  /// From a record to its code.
  let encoder: [Perceptron.Shape]
  /// From a code to a record.
  let generator: [Perceptron.Shape]
  /// What a discriminator sees each record through; empty where records are no images.
  let image: [Perceptron.Shape]
  /// The discriminator's layers behind it.
  let discriminator: [Perceptron.Shape]

  /// A discriminator of records.
  var recordCritic: CriticLayers { critic(inputs, discriminator) }

  /// A discriminator of two records side by side, with the last hidden layer alone.
  var cycleCritic: CriticLayers { critic(2 * inputs, discriminator.suffix(1)) }

  /// A discriminator of records with their codes behind them, side by side from its first layer on.
  var joinedCritic: CriticLayers { critic(inputs + latent, discriminator) }

  /// A discriminator of records with their codes behind them, each through hidden layers of its own
  /// before the last one sees both; as `joinedCritic` where records are images.
  var pairCritic: CriticLayers {
    guard image.isEmpty, discriminator.count > 1 else { return joinedCritic }
    return CriticLayers(
      inputs: inputs + latent, record: inputs, tower: .pair(discriminator.dropLast()),
      hidden: discriminator.suffix(1))
  }

  /// A discriminator of codes.
  func critic(codes width: Int, hidden: [Perceptron.Shape]) -> CriticLayers {
    CriticLayers(inputs: width, record: inputs, hidden: hidden)
  }

  private func critic(_ width: Int, _ hidden: [Perceptron.Shape]) -> CriticLayers {
    CriticLayers(
      inputs: width, record: inputs, tower: image.isEmpty ? nil : .images(image), hidden: hidden)
  }
}
