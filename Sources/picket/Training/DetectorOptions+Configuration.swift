import PicketDetectors

extension DetectorOptions {
  /// A detector with these settings, for a number of normal rows to learn from.
  ///
  /// - Parameter isLog: Whether they are those of a gateway's log.
  func configuration(
    _ name: DetectorName, seed: UInt64, normalRows: Int, isLog: Bool
  ) -> DetectorConfiguration {
    let configuration: DetectorConfiguration =
      switch name {
      case .anoean: .anoEAN(anoEAN(seed: seed))
      case .vae: .vae(vae(isLog ? Self.vaeOfLog : Self.vae, seed: seed))
      case .distilled: .distilled(distilled(seed: seed))
      }
    // Where the command line does not say how many.
    let fitting = batch == nil ? configuration.batched(for: normalRows) : configuration
    return fitting.lengthened(
      for: normalRows, epochs: epochs == nil, patience: patience == nil)
  }

  private func distilled(seed: UInt64) -> DistilledConfiguration {
    var configuration = Self.distilled
    configuration.seed = seed
    if let epochs { configuration.epochs = epochs }
    if let hidden { configuration.hidden = hidden.values }
    if let batch { configuration.batchSize = batch }
    if let learningRate { configuration.adam.learningRate = learningRate }
    return configuration
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
    if let activityPenalty { configuration.activityPenalty = activityPenalty }
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
