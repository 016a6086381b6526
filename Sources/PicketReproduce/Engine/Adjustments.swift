import PicketDetectors
import PicketNN

// Which of an experiment's settings each detector has.

/// What a detector's settings are kept in.
protocol AdjustableSettings {
  /// Takes the settings that there are here.
  mutating func adjust(_ settings: inout DetectorSettings)
}

extension Adjustable where Self: NetworkDetector, Configuration: AdjustableSettings {
  mutating func adjust(_ settings: inout DetectorSettings) { configuration.adjust(&settings) }
}

extension AnoEANDetector: Adjustable {}
extension ConvolutionalAnoEAN: Adjustable {}
extension VAEDetector: Adjustable {}
extension ConvolutionalVAE: Adjustable {}
extension DistilledDetector: Adjustable {}

extension Adjustable where Self: AdversarialDetector {
  mutating func adjust(_ wanted: inout DetectorSettings) { settings.adjust(&wanted) }
}

extension AnoGAN: Adjustable {}
extension EGBAD: Adjustable {}
extension ALAD: Adjustable {}
extension AAE: Adjustable {}

extension Autoencoder: Adjustable {
  mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.latentSize, &latentSize)
    settings.take(\.hidden, &hidden)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.takeEpochs(&epochs)
  }
}

extension SplineFlowDetector: Adjustable {
  mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.hidden, &hidden)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.take(\.patience, &patience)
    settings.takeEpochs(&epochs)
  }
}

extension AnoEANConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.latentSize, &latentSize)
    settings.take(\.hidden, &encoderHidden)
    settings.take(\.activityPenalty, &activityPenalty)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.take(\.patience, &patience)
    settings.takeEpochs(&epochs)
  }
}

extension VAEConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.latentSize, &latentSize)
    if let hidden = settings.hidden { decoderHidden = hidden.reversed() }
    settings.take(\.hidden, &encoderHidden)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.take(\.patience, &patience)
    settings.take(\.alpha, &alpha)
    settings.take(\.beta, &beta)
    settings.takeEpochs(&epochs)
  }
}

extension DistilledConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.hidden, &hidden)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.takeEpochs(&epochs)
  }
}

extension AdversarialSettings {
  fileprivate mutating func adjust(_ settings: inout DetectorSettings) {
    settings.take(\.latentSize, &latentSize)
    settings.take(\.convolutionChannels, &convolutionChannels)
    settings.take(\.batchSize, &batchSize)
    settings.take(\.learningRate, &adam.learningRate)
    settings.takeEpochs(&epochs)
  }
}

extension DetectorSettings {
  /// Moves a setting that is there to where the detector keeps it.
  fileprivate mutating func take<Value>(
    _ path: WritableKeyPath<DetectorSettings, Value?>, _ kept: inout Value
  ) {
    guard let wanted = self[keyPath: path] else { return }
    kept = wanted
    self[keyPath: path] = nil
  }

  /// Moves the epochs, no more than the limit.
  fileprivate mutating func takeEpochs(_ kept: inout Int) {
    take(\.epochs, &kept)
    kept = min(kept, epochLimit ?? .max)
  }
}
