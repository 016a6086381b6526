import PicketDetectors
import PicketNumbers

/// An AnoEAN as a detector of the experiments.
struct AnoEANDetector: Adjustable {
  static let card = DetectorCard(
    name: "anoean", title: "AnoEAN", source: "001: Gherbi et al. 2019", needs: .someAnomalies,
    exports: true)

  var configuration = AnoEANConfiguration()

  func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = configuration
    configuration.seed = seed
    let log = EpochLog(observer)
    let result = try AnoEAN.train(records, configuration, observer: log.observer)
    return FittedNetwork(trained: result.network, history: log.epochs)
  }

  func adjusted(_ settings: DetectorSettings) -> AnoEANDetector {
    var detector = self
    settings.latentSize.map { detector.configuration.latentSize = $0 }
    settings.hidden.map { detector.configuration.encoderHidden = $0 }
    settings.batchSize.map { detector.configuration.batchSize = $0 }
    settings.learningRate.map { detector.configuration.adam.learningRate = $0 }
    settings.patience.map { detector.configuration.patience = $0 }
    detector.configuration.epochs = settings.epochs(detector.configuration.epochs)
    return detector
  }
}

/// A VAE as a detector of the experiments.
struct VAEDetector: Adjustable {
  static let card = DetectorCard(
    name: "vae", title: "VAE", source: "000: Bar and Levkovich", needs: .normal, exports: true)

  var configuration = VAEConfiguration()

  func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = configuration
    configuration.seed = seed
    let log = EpochLog(observer)
    let result = try VAE.train(records, configuration, observer: log.observer)
    return FittedNetwork(trained: result.network, history: log.epochs)
  }

  func adjusted(_ settings: DetectorSettings) -> VAEDetector {
    var detector = self
    settings.latentSize.map { detector.configuration.latentSize = $0 }
    settings.hidden.map {
      detector.configuration.encoderHidden = $0
      detector.configuration.decoderHidden = $0.reversed()
    }
    settings.batchSize.map { detector.configuration.batchSize = $0 }
    settings.learningRate.map { detector.configuration.adam.learningRate = $0 }
    settings.patience.map { detector.configuration.patience = $0 }
    settings.alpha.map { detector.configuration.alpha = $0 }
    settings.beta.map { detector.configuration.beta = $0 }
    detector.configuration.epochs = settings.epochs(detector.configuration.epochs)
    return detector
  }
}

extension DetectorSettings {
  /// The epochs to train when the detector's own are `own`.
  func epochs(_ own: Int) -> Int { min(epochs ?? own, epochLimit ?? .max) }
}

/// Keeps what a training tells about its epochs, and passes it on.
private final class EpochLog {
  private(set) var epochs: [TrainingProgress] = []
  private let next: TrainingObserver

  init(_ next: TrainingObserver) { self.next = next }

  var observer: TrainingObserver {
    TrainingObserver(
      onEpoch: { [self] epoch in
        epochs.append(epoch)
        next.onEpoch(epoch)
      }, isCancelled: next.isCancelled)
  }
}

/// A network whose every score is the reference's.
private struct FittedNetwork: FittedDetector {
  let trained: ScoringNetwork
  let history: [TrainingProgress]

  var network: ScoringNetwork? { trained }

  var scoringBytes: Int {
    let layers = (trained.encoder + trained.decoder).reduce(0) { sum, layer in
      switch layer {
      case .dense(let dense): sum + dense.weights.count + dense.bias.count
      case .convolution(let convolution): sum + convolution.weights.count + convolution.bias.count
      }
    }
    guard case .mahalanobis(let mean, let covariance) = trained.score else { return 4 * layers }
    return 4 * (layers + mean.count + covariance.count)
  }

  func scores(_ rows: SparseRows) -> [Double] {
    (0..<rows.count).map { trained.referenceScore(rows.denseRow($0)) }
  }
}
