import ArgumentParser
import PicketDetectors

/// The detector and its settings; what is not given stays as the detector has it.
struct DetectorOptions: ParsableArguments {
  static let anoEAN = AnoEANConfiguration()
  static let vae = VAEConfiguration()
  static let distilled = DistilledConfiguration()
  /// A VAE for the records of a log: they have 109 inputs, most of which a site never uses, so that
  /// the reconstruction of the others weighs little in the mean.
  static let vaeOfLog: VAEConfiguration = {
    var configuration = VAEConfiguration()
    configuration.encoderHidden = [128, 64]
    configuration.decoderHidden = [64, 128]
    configuration.latentSize = 16
    configuration.activation = .leakyReLU(slope: 0.01)
    configuration.alpha = 30_000
    return configuration
  }()
  /// The fewest anomalies of a log that an AnoEAN is taken for: half of them judge it.
  static let enoughAnomalies = 20

  @Option(
    help: ArgumentHelp(
      "What learns.",
      discussion: """
        anoean: an encoder that learns with a few labelled anomalies; its score is a Mahalanobis \
        distance. vae: a variational autoencoder that learns from normal records alone. distilled: a \
        small network that is taught the score of large detectors of normal records; labelled \
        anomalies help where there are any. (default: anoean; with --replay vae, unless \
        \(enoughAnomalies) connections are marked as anomalies. With --replay a vae has by default \
        --hidden \(text(vaeOfLog.encoderHidden)) --latent \(vaeOfLog.latentSize) --activation \
        leaky-relu --alpha \(vaeOfLog.alpha))
        """))
  var detector: DetectorName?

  @Option(
    help: ArgumentHelp(
      "The most passes over the normal records. (default: anoean \(anoEAN.epochs), "
        + "vae \(vae.epochs), distilled \(distilled.epochs), and of few records as many as make "
        + "\(DetectorConfiguration.leastSteps) steps)", valueName: "n"))
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Passes without a better validation figure after which training ends. (default: anoean "
        + "\(anoEAN.patience), vae \(vae.patience), and of few records as many as make "
        + "\(DetectorConfiguration.leastPatience) steps)", valueName: "n"))
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "Numbers in the latent space, 1 to 128. (default: anoean \(anoEAN.latentSize), "
        + "vae \(vae.latentSize))", valueName: "d"))
  var latent: Int?

  @Option(
    help: ArgumentHelp(
      "Widths of the encoder's hidden layers; a VAE's decoder mirrors them. (default: anoean "
        + "\(text(anoEAN.encoderHidden)), vae \(text(vae.encoderHidden)), distilled "
        + "\(text(distilled.hidden)))", valueName: "n,n,..."))
  var hidden: Widths?

  @Option(
    help: ArgumentHelp(
      "Convolutions over the inputs in place of the hidden layers, by their channels (kernel 4, "
        + "stride 2); a VAE's decoder mirrors them. Published: 32,64,128.", valueName: "n,n,..."))
  var channels: Widths?

  @Option(help: "The function of the hidden layers. (default: relu)")
  var activation: ActivationName?

  @Option(
    help: ArgumentHelp(
      "Rows of a training step. (default: anoean \(anoEAN.batchSize), vae \(vae.batchSize), "
        + "distilled \(distilled.batchSize), or all normal rows where there are fewer)",
      valueName: "n"))
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "The length of an optimizer step. (default: anoean "
        + "\(anoEAN.adam.learningRate), vae \(vae.adam.learningRate), distilled "
        + "\(distilled.adam.learningRate))", valueName: "x"))
  var learningRate: Float?

  @Option(
    help: ArgumentHelp(
      "anoean: how strongly hidden units of normal records are pushed to zero, which scoring leaves "
        + "out: with 0.03 a score takes two thirds of the time, at the same accuracy. Only relu is ever "
        + "zero. (default: \(anoEAN.activityPenalty), the publication's)", valueName: "w"))
  var activityPenalty: Float?

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
    for (name, value) in [("beta", beta), ("activity-penalty", activityPenalty)] {
      guard let value, !(value >= 0 && value.isFinite) else { continue }
      throw ValidationError("--\(name) \(value): expected a number of 0 or more")
    }
    if let activityPenalty, activityPenalty > 0, let activation, activation != .relu {
      throw ValidationError(
        "--activity-penalty \(activityPenalty) with --activation \(activation.rawValue), which is never "
          + "zero: leave out one of them")
    }
    if let detector { try checkSettings(of: detector) }
  }

  /// Throws when a setting is there that a detector does not have.
  func checkSettings(of detector: DetectorName) throws {
    if let other = foreign(to: detector).first {
      throw ValidationError("\(other) is no setting of --detector \(detector.rawValue)")
    }
  }

  /// The detector for the records of a log, if none was asked for.
  func detector(forLogWith anomalies: Int) -> DetectorName {
    if let detector { return detector }
    return anomalies >= Self.enoughAnomalies && foreign(to: .anoean).isEmpty ? .anoean : .vae
  }

  /// The first of these options that was given, by name.
  var given: String? {
    let all: [(String, Any?)] = [
      ("--detector", detector), ("--epochs", epochs), ("--patience", patience),
      ("--latent", latent), ("--hidden", hidden), ("--channels", channels),
      ("--activation", activation), ("--batch", batch), ("--learning-rate", learningRate),
      ("--activity-penalty", activityPenalty), ("--alpha", alpha), ("--beta", beta),
      ("--score", score),
    ]
    return all.first { $0.1 != nil }?.0
  }

  /// What was given that the detector does not have.
  private func foreign(to detector: DetectorName) -> [String] {
    let ofVAE = [
      alpha.map { "--alpha \($0)" }, beta.map { "--beta \($0)" },
      score.flatMap { $0 == .mahalanobis ? nil : "--score \($0.rawValue)" },
    ]
    let ofAnoEAN = activityPenalty.map { "--activity-penalty \($0)" }
    let ofEncoders = [
      patience.map { "--patience \($0)" }, latent.map { "--latent \($0)" },
      channels.map { _ in "--channels" }, activation.map { "--activation \($0.rawValue)" },
      score.map { "--score \($0.rawValue)" },
    ]
    switch detector {
    case .vae: return [ofAnoEAN].compactMap(\.self)
    case .anoean: return ofVAE.compactMap(\.self)
    case .distilled: return (ofVAE + ofEncoders + [ofAnoEAN]).compactMap(\.self)
    }
  }
}
