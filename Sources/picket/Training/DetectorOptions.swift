import ArgumentParser
import PicketDetectors
import PicketNN

/// Which detector to train.
enum DetectorName: String, ExpressibleByArgument, CaseIterable {
  case anoean, vae
}

/// What a VAE computes of a record.
enum ScoreName: String, ExpressibleByArgument, CaseIterable {
  case reconstruction, reconstructionKL = "reconstruction-kl", mahalanobis
}

/// The function of hidden layers.
enum ActivationName: String, ExpressibleByArgument, CaseIterable {
  case relu, leakyReLU = "leaky-relu", tanh, sigmoid

  var activation: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU(slope: 0.01)
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    }
  }
}

/// Widths of layers, as `128,64,32`.
struct Widths: ExpressibleByArgument {
  let values: [Int]

  init?(argument: String) {
    var values: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Int(part), (1...2048).contains(value) else { return nil }
      values.append(value)
    }
    guard (1...6).contains(values.count) else { return nil }
    self.values = values
  }
}

/// The detector and its settings; what is not given stays as the detector has it.
struct DetectorOptions: ParsableArguments {
  private static let anoEAN = AnoEANConfiguration()
  private static let vae = VAEConfiguration()

  @Option(
    help: ArgumentHelp(
      "What learns.",
      discussion: """
        anoean: an encoder that learns with a few labelled anomalies; its score is a Mahalanobis \
        distance. vae: a variational autoencoder that learns from normal records alone.
        """))
  var detector: DetectorName = .anoean

  @Option(
    help: ArgumentHelp(
      "The most passes over the normal records. (default: anoean \(anoEAN.epochs), "
        + "vae \(vae.epochs))", valueName: "n"))
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Passes without a better validation figure after which training ends. (default: anoean "
        + "\(anoEAN.patience), vae \(vae.patience))", valueName: "n"))
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "Numbers in the latent space, 1 to 128. (default: \(anoEAN.latentSize))", valueName: "d"))
  var latent: Int?

  @Option(
    help: ArgumentHelp(
      "Widths of the encoder's hidden layers; a VAE's decoder mirrors them. (default: anoean "
        + "\(text(anoEAN.encoderHidden)), vae \(text(vae.encoderHidden)))", valueName: "n,n,..."))
  var hidden: Widths?

  @Option(help: "The function of the hidden layers. (default: relu)")
  var activation: ActivationName?

  @Option(
    help: ArgumentHelp(
      "Rows of a training step. (default: \(anoEAN.batchSize))", valueName: "n"))
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "The length of an optimizer step. (default: \(anoEAN.adam.learningRate))", valueName: "x"))
  var learningRate: Float?

  @Option(
    help: ArgumentHelp(
      "vae: the weight of the reconstruction. (default: \(vae.alpha))", valueName: "x"))
  var alpha: Float?

  @Option(
    help: ArgumentHelp(
      "vae: the weight of the KL divergence. (default: \(vae.beta))", valueName: "x"))
  var beta: Float?

  @Option(
    help: ArgumentHelp(
      "vae: what is computed of a record. (default: reconstruction)"))
  var score: ScoreName?

  private static func text(_ widths: [Int]) -> String {
    widths.map(String.init).joined(separator: ",")
  }

  func validate() throws {
    func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
      guard let value, !range.contains(value) else { return }
      throw ValidationError(
        "--\(name) \(value): expected a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    func check(_ name: String, _ value: Float?) throws {
      guard let value, !(value > 0 && value.isFinite) else { return }
      throw ValidationError("--\(name) \(value): expected a number above 0")
    }
    try check("epochs", epochs, 1...1_000_000)
    try check("patience", patience, 1...1_000_000)
    try check("latent", latent, 1...128)
    try check("batch", batch, 2...100_000)
    try check("learning-rate", learningRate)
    try check("alpha", alpha)
    if let beta, !(beta >= 0 && beta.isFinite) {
      throw ValidationError("--beta \(beta): expected a number of 0 or more")
    }
    guard detector == .anoean else { return }
    for (name, isGiven) in [
      ("alpha", alpha != nil), ("beta", beta != nil),
      ("score", score != nil && score != .mahalanobis),
    ] where isGiven {
      throw ValidationError("--\(name) belongs to --detector vae; an AnoEAN has no such setting")
    }
  }

  /// The detector with these settings.
  func configuration(seed: UInt64) -> DetectorConfiguration {
    switch detector {
    case .anoean:
      var configuration = Self.anoEAN
      configuration.seed = seed
      if let epochs { configuration.epochs = epochs }
      if let patience { configuration.patience = patience }
      if let latent { configuration.latentSize = latent }
      if let hidden { configuration.encoderHidden = hidden.values }
      if let activation { configuration.activation = activation.activation }
      if let batch { configuration.batchSize = batch }
      if let learningRate { configuration.adam.learningRate = learningRate }
      return .anoEAN(configuration)
    case .vae:
      var configuration = Self.vae
      configuration.seed = seed
      if let epochs { configuration.epochs = epochs }
      if let patience { configuration.patience = patience }
      if let latent { configuration.latentSize = latent }
      if let hidden {
        configuration.encoderHidden = hidden.values
        configuration.decoderHidden = hidden.values.reversed()
      }
      if let activation { configuration.activation = activation.activation }
      if let batch { configuration.batchSize = batch }
      if let learningRate { configuration.adam.learningRate = learningRate }
      if let alpha { configuration.alpha = alpha }
      if let beta { configuration.beta = beta }
      switch score {
      case .reconstruction?: configuration.score = .reconstruction
      case .reconstructionKL?: configuration.score = .reconstructionAndKL
      case .mahalanobis?: configuration.score = .latentMahalanobis
      case nil: break
      }
      return .vae(configuration)
    }
  }
}
