import PicketDetectors
import PicketNN

// Which of an experiment's settings each detector has.

extension AnoEANDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AnoEANDetector {
    var detector = self
    detector.configuration.adjust(settings)
    return detector
  }
}

extension ConvolutionalAnoEAN: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ConvolutionalAnoEAN {
    var detector = self
    detector.configuration.adjust(settings)
    return detector
  }
}

extension VAEDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> VAEDetector {
    var detector = self
    detector.configuration.adjust(settings)
    return detector
  }
}

extension ConvolutionalVAE: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ConvolutionalVAE {
    var detector = self
    detector.configuration.adjust(settings)
    return detector
  }
}

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

extension AnoGAN: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AnoGAN {
    var detector = self
    detector.settings.adjust(settings)
    return detector
  }
}

extension EGBAD: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> EGBAD {
    var detector = self
    detector.settings.adjust(settings)
    return detector
  }
}

extension ALAD: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ALAD {
    var detector = self
    detector.settings.adjust(settings)
    return detector
  }
}

extension AAE: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AAE {
    var detector = self
    detector.settings.adjust(settings)
    return detector
  }
}

extension AnoEANConfiguration {
  fileprivate mutating func adjust(_ settings: DetectorSettings) {
    settings.latentSize.map { latentSize = $0 }
    settings.hidden.map { encoderHidden = $0 }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    settings.patience.map { patience = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension VAEConfiguration {
  fileprivate mutating func adjust(_ settings: DetectorSettings) {
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

extension AdversarialSettings {
  fileprivate mutating func adjust(_ settings: DetectorSettings) {
    settings.latentSize.map { latentSize = $0 }
    settings.batchSize.map { batchSize = $0 }
    settings.learningRate.map { adam.learningRate = $0 }
    epochs = settings.epochs(epochs)
  }
}

extension DetectorSettings {
  /// The epochs to train when the detector's own are `own`.
  fileprivate func epochs(_ own: Int) -> Int { min(epochs ?? own, epochLimit ?? .max) }
}
