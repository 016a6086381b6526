import PicketData
import PicketNumbers

/// A small network that was taught the score of many detectors: see `Distilled`.
public struct DistilledDetector: Detector {
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

  /// Learns from normal records, and from labelled anomalies where there are any.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = configuration
    configuration.seed = seed
    let log = EpochLog(observer)
    let result = try Distilled.train(records, configuration, observer: log.observer)
    return FittedNetwork(result.network, history: log.epochs)
  }
}
