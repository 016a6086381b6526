import PicketNumbers

/// A VAE of dense layers: see `VAE`.
///
/// With beta above 1 it is a beta-VAE, with alpha above 1 an alpha-VAE.
public struct VAEDetector: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "vae", title: "VAE (beta-VAE, alpha-VAE)", source: "Bar and Levkovich; Yu, 2022",
    needs: .normal, exports: true)

  /// Everything but the seed.
  public var configuration = VAEConfiguration()

  /// The defaults.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try configuration.fit(records, seed: seed, observer: observer)
  }
}

/// A VAE whose encoder has convolutions and whose decoder has transposed ones.
///
/// 32 and 64 channels, kernel 4, stride 2: the document says no more than that they are
/// convolutions.
public struct ConvolutionalVAE: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "vae-conv", title: "VAE, convolutional", source: "VAE, KNN and SVM on NSL-KDD",
    needs: .normal, exports: true)

  /// Everything but the seed.
  public var configuration: VAEConfiguration

  /// The sizes that were chosen here.
  public init() {
    configuration = VAEConfiguration()
    configuration.convolutionChannels = [32, 64]
  }

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try configuration.fit(records, seed: seed, observer: observer)
  }
}

extension VAEConfiguration {
  /// Trains with a seed of its own.
  fileprivate func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var configuration = self
    configuration.seed = seed
    let log = EpochLog(observer)
    let result = try VAE.train(records, configuration, observer: log.observer)
    return FittedNetwork(result.network, history: log.epochs)
  }
}
