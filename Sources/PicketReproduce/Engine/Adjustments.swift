import PicketDetectors
import PicketNN

// Which of an experiment's settings each detector has.

extension Adjustable {
  /// A copy with a change.
  fileprivate func changed(_ change: (inout Self) -> Void) -> Self {
    var detector = self
    change(&detector)
    return detector
  }
}

/// What a detector's settings are kept in.
protocol AdjustableSettings {
  mutating func adjust(_ settings: DetectorSettings)
}

extension Adjustable where Self: NetworkDetector, Configuration: AdjustableSettings {
  func adjusted(_ settings: DetectorSettings) -> Self {
    changed { $0.configuration.adjust(settings) }
  }
}

extension AnoEANDetector: Adjustable {}
extension ConvolutionalAnoEAN: Adjustable {}
extension VAEDetector: Adjustable {}
extension ConvolutionalVAE: Adjustable {}
extension DistilledDetector: Adjustable {}

extension Adjustable where Self: AdversarialDetector {
  func adjusted(_ settings: DetectorSettings) -> Self { changed { $0.settings.adjust(settings) } }
}

extension AnoGAN: Adjustable {}
extension EGBAD: Adjustable {}
extension ALAD: Adjustable {}
extension AAE: Adjustable {}

extension Autoencoder: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> Autoencoder {
    var detector = self
    settings.latentSize.map { detector.latentSize = $0 }
    settings.hidden.map { detector.hidden = $0 }
    settings.batchSize.map { detector.batchSize = $0 }
    settings.learningRate.map { detector.adam.learningRate = $0 }
    detector.epochs = settings.epochs(detector.epochs)
    return detector
  }
}

extension SplineFlowDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> SplineFlowDetector {
    changed { detector in
      settings.hidden.map { detector.hidden = $0 }
      settings.batchSize.map { detector.batchSize = $0 }
      settings.learningRate.map { detector.adam.learningRate = $0 }
      settings.patience.map { detector.patience = $0 }
      detector.epochs = settings.epochs(detector.epochs)
    }
  }
}

extension AnoEANConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: DetectorSettings) {
    settings.latentSize.map { latentSize = $0 }
    settings.hidden.map { encoderHidden = $0 }
    settings.activityPenalty.map { activityPenalty = $0 }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    settings.patience.map { patience = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension VAEConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: DetectorSettings) {
    settings.latentSize.map { latentSize = $0 }
    settings.hidden.map {
      encoderHidden = $0
      decoderHidden = $0.reversed()
    }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    settings.patience.map { patience = $0 }
    settings.alpha.map { alpha = $0 }
    settings.beta.map { beta = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension DistilledConfiguration: AdjustableSettings {
  mutating func adjust(_ settings: DetectorSettings) {
    settings.hidden.map { hidden = $0 }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension AdversarialSettings {
  fileprivate mutating func adjust(_ settings: DetectorSettings) {
    settings.latentSize.map { latentSize = $0 }
    settings.convolutionChannels.map { convolutionChannels = $0 }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension DetectorSettings {
  /// The epochs to train when the detector's own are `own`.
  fileprivate func epochs(_ own: Int) -> Int { min(epochs ?? own, epochLimit ?? .max) }
}
