import PicketNN

/// What the adversarial detectors have in common; each names its own defaults.
public struct AdversarialSettings: Sendable, Codable, Hashable {
  /// d, the number of latent coordinates.
  public var latentSize: Int
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

  /// The function of all hidden layers.
  static let activation = Activation.leakyReLU(slope: 0.1)

  func encoder() -> [Perceptron.Shape] {
    Self.hidden(encoderHidden) + [.init(outputs: latentSize, activation: .linear)]
  }

  func generator(outputs: Int) -> [Perceptron.Shape] {
    Self.hidden(generatorHidden) + [.init(outputs: outputs, activation: .sigmoid)]
  }

  static func hidden(_ widths: [Int]) -> [Perceptron.Shape] {
    widths.map { .init(outputs: $0, activation: activation) }
  }

  /// Refuses sizes and records that cannot train.
  func check(_ records: TrainingRecords) throws(TrainingError) {
    try TrainingError.check("the latent size", [latentSize])
    try TrainingError.check("a hidden width", encoderHidden + generatorHidden)
    try TrainingError.check("a hidden width of a discriminator", discriminatorHidden)
    try TrainingError.check("the batch size", [batchSize])
    try TrainingError.check("the number of epochs", [epochs])
    guard !discriminatorHidden.isEmpty else {
      throw TrainingError(description: "a discriminator needs a hidden layer, its features")
    }
    guard records.normal.count >= batchSize else {
      throw TrainingError(
        description: "\(records.normal.count) normal rows; a batch needs \(batchSize)")
    }
  }
}
