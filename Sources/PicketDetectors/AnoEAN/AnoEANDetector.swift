import PicketNumbers

/// An AnoEAN of dense layers, 128-64-32-d against 32-16-1: see `AnoEAN`.
public struct AnoEANDetector: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "anoean", title: "AnoEAN", source: "Gherbi and others, 2019", needs: .someAnomalies,
    exports: true)

  /// Everything but the seed.
  public var configuration = AnoEANConfiguration()

  /// The publication's networks.
  public init() {}

  /// Learns from normal records and some anomalies.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try configuration.fit(records, seed: seed, observer: observer)
  }
}

/// An AnoEAN whose encoder begins with convolutions: the publication's for images (section 4.1).
///
/// 32, 64 and 128 channels, kernel 4 and stride 2, then a dense layer. Over a table's columns they
/// are of one dimension.
public struct ConvolutionalAnoEAN: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "anoean-conv", title: "AnoEAN, convolutional", source: "Gherbi and others, 2019",
    needs: .someAnomalies, exports: true)

  /// Everything but the seed.
  public var configuration: AnoEANConfiguration

  /// The publication's networks.
  public init() {
    configuration = AnoEANConfiguration()
    configuration.convolutionChannels = [32, 64, 128]
  }

  /// Learns from normal records and some anomalies.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try configuration.fit(records, seed: seed, observer: observer)
  }
}

extension AnoEANConfiguration {
  /// Trains with a seed of its own.
  fileprivate func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = self
    configuration.seed = seed
    let log = EpochLog(observer)
    let result = try AnoEAN.train(records, configuration, observer: log.observer)
    return FittedNetwork(result.network, history: log.epochs)
  }
}
