import PicketDetectors

extension DetectorOptions {
  /// The fewest steps that training may take before it ends by itself.
  ///
  /// A pass over the records of a small site is a few steps: forty passes teach nothing then.
  static let leastSteps = 8_000
  /// The fewest steps without a better figure after which it ends.
  static let leastPatience = 1_000

  /// A detector with these settings, for a number of normal rows to learn from.
  ///
  /// - Parameter isLog: Whether they are those of a gateway's log.
  func configuration(
    _ name: DetectorName, seed: UInt64, normalRows: Int, isLog: Bool
  ) -> DetectorConfiguration {
    switch name {
    case .anoean:
      var configuration = anoEAN(seed: seed)
      lengthen(
        &configuration.epochs, &configuration.patience,
        steps: normalRows / (configuration.batchSize * 10 / 11))
      return .anoEAN(configuration)
    case .vae:
      var configuration = vae(isLog ? Self.vaeOfLog : Self.vae, seed: seed)
      lengthen(
        &configuration.epochs, &configuration.patience,
        steps: normalRows / configuration.batchSize)
      return .vae(configuration)
    }
  }

  /// Makes more of epochs that have few steps, where the command line does not say how many.
  private func lengthen(_ epochs: inout Int, _ patience: inout Int, steps: Int) {
    func atLeast(_ wanted: Int) -> Int { (wanted + max(steps, 1) - 1) / max(steps, 1) }
    if self.epochs == nil { epochs = max(epochs, atLeast(Self.leastSteps)) }
    if self.patience == nil { patience = max(patience, atLeast(Self.leastPatience)) }
  }

  private func anoEAN(seed: UInt64) -> AnoEANConfiguration {
    var configuration = Self.anoEAN
    configuration.seed = seed
    if let epochs { configuration.epochs = epochs }
    if let patience { configuration.patience = patience }
    if let latent { configuration.latentSize = latent }
    if let hidden { configuration.encoderHidden = hidden.values }
    if let channels { configuration.convolutionChannels = channels.values }
    if let activation { configuration.activation = activation.activation }
    if let batch { configuration.batchSize = batch }
    if let learningRate { configuration.adam.learningRate = learningRate }
    return configuration
  }

  private func vae(_ defaults: VAEConfiguration, seed: UInt64) -> VAEConfiguration {
    var configuration = defaults
    configuration.seed = seed
    if let epochs { configuration.epochs = epochs }
    if let patience { configuration.patience = patience }
    if let latent { configuration.latentSize = latent }
    if let hidden {
      configuration.encoderHidden = hidden.values
      configuration.decoderHidden = hidden.values.reversed()
    }
    if let channels { configuration.convolutionChannels = channels.values }
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
    return configuration
  }
}
