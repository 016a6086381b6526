import PicketNumbers

/// How one network that can be exported is trained.
public protocol NetworkConfiguration: Sendable {
  /// Fixes every random choice.
  var seed: UInt64 { get set }

  /// Trains the network.
  ///
  /// - Throws: `TrainingError` when records are missing, or when the training diverged.
  func train(
    _ records: TrainingRecords, observer: TrainingObserver
  ) throws(TrainingError) -> ScoringNetwork
}

/// A detector that is one network.
public protocol NetworkDetector: Detector {
  /// What its training takes.
  associatedtype Configuration: NetworkConfiguration

  /// Everything but the seed.
  var configuration: Configuration { get set }
}

extension NetworkDetector {
  /// Trains the network with a seed of its own.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = configuration
    configuration.seed = seed
    let log = EpochLog(observer)
    let network = try configuration.train(records, observer: log.observer)
    return FittedNetwork(network, history: log.epochs)
  }
}
