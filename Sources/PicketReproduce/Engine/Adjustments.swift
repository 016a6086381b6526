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

extension AnoEANDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AnoEANDetector {
    changed { $0.configuration.adjust(settings) }
  }
}

extension ConvolutionalAnoEAN: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ConvolutionalAnoEAN {
    changed { $0.configuration.adjust(settings) }
  }
}

extension VAEDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> VAEDetector {
    changed { $0.configuration.adjust(settings) }
  }
}

extension ConvolutionalVAE: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ConvolutionalVAE {
    changed { $0.configuration.adjust(settings) }
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

extension DistilledDetector: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> DistilledDetector {
    changed { detector in
      settings.hidden.map { detector.configuration.hidden = $0 }
      settings.batchSize.map { detector.configuration.batchSize = $0 }
      settings.learningRate.map { detector.configuration.adam.learningRate = $0 }
      detector.configuration.epochs = settings.epochs(detector.configuration.epochs)
    }
  }
}

extension AnoGAN: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AnoGAN {
    changed { $0.settings.adjust(settings) }
  }
}

extension EGBAD: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> EGBAD {
    changed { $0.settings.adjust(settings) }
  }
}

extension ALAD: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> ALAD {
    changed { $0.settings.adjust(settings) }
  }
}

extension AAE: Adjustable {
  func adjusted(_ settings: DetectorSettings) -> AAE {
    changed { $0.settings.adjust(settings) }
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
