import PicketData
import PicketNumbers

/// A small network that was taught the score of many detectors: see `Distilled`.
public struct DistilledDetector: NetworkDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "distilled", title: "Distilled", source: "Bucila et al. 2006; Hinton et al. 2015",
    needs: .normal, exports: true)
  /// Both: a quantile says how rare a value is, a logarithm how far off.
  public static let features: [NumericFeature] = [.log, .quantile]

  /// Everything but the seed.
  public var configuration = DistilledConfiguration()

  /// The defaults.
  public init() {}
}

extension DistilledConfiguration: NetworkConfiguration {
  /// Trains the network, without what else `Distilled.train` tells.
  public func train(
    _ records: TrainingRecords, observer: TrainingObserver
  ) throws(TrainingError) -> ScoringNetwork {
    try Distilled.train(records, self, observer: observer).network
  }
}
