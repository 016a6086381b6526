import PicketNumbers

/// A VAE of dense layers: see `VAE`.
///
/// With beta above 1 it is a beta-VAE, with alpha above 1 an alpha-VAE.
public struct VAEDetector: NetworkDetector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "vae", title: "VAE (beta-VAE, alpha-VAE)", source: "Bar and Levkovich; Yu, 2022",
    needs: .normal, exports: true)

  /// Everything but the seed.
  public var configuration = VAEConfiguration()

  /// The defaults.
  public init() {}
}

/// A VAE whose encoder has convolutions and whose decoder has transposed ones.
///
/// 32 and 64 channels, kernel 4, stride 2: the document says no more than that they are
/// convolutions.
public struct ConvolutionalVAE: NetworkDetector {
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
}

extension VAEConfiguration: NetworkConfiguration {
  /// Trains the network, without what else `VAE.train` tells.
  public func train(
    _ records: TrainingRecords, observer: TrainingObserver
  ) throws(TrainingError) -> ScoringNetwork {
    try VAE.train(records, self, observer: observer).network
  }
}
