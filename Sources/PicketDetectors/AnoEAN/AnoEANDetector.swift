import PicketNumbers

/// An AnoEAN of dense layers, 128-64-32-d against 32-16-1: see `AnoEAN`.
public struct AnoEANDetector: NetworkDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "anoean", title: "AnoEAN", source: "Gherbi and others, 2019", needs: .someAnomalies,
    exports: true)

  /// Everything but the seed.
  public var configuration = AnoEANConfiguration()

  /// The publication's networks.
  public init() {}
}

/// An AnoEAN whose encoder begins with convolutions: the publication's for images (section 4.1).
///
/// 32, 64 and 128 channels, kernel 4 and stride 2, then a dense layer. Over a table's columns they
/// are of one dimension.
public struct ConvolutionalAnoEAN: NetworkDetector {
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
}

extension AnoEANConfiguration: NetworkConfiguration {
  /// Trains the network, without what else `AnoEAN.train` tells.
  public func train(
    _ records: TrainingRecords, observer: TrainingObserver
  ) throws(TrainingError) -> ScoringNetwork {
    try AnoEAN.train(records, self, observer: observer).network
  }
}
