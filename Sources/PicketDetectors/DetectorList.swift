/// Every detector there is, in the order of lists and reports.
///
/// A new one is a line here.
public enum DetectorList {
  /// Their types; `init()` gives the settings of the source document.
  public static let all: [any Detector.Type] = [
    AnoEANDetector.self,
    ConvolutionalAnoEAN.self,
    VAEDetector.self,
    ConvolutionalVAE.self,
    Autoencoder.self,
    DistilledDetector.self,
    AnoGAN.self,
    EGBAD.self,
    ALAD.self,
    AAE.self,
    SplineFlowDetector.self,
    OneClassSVM.self,
    SupportVectorClassifier.self,
    NeighbourClassifier.self,
    NeighbourDistance.self,
    PrincipalComponents.self,
    InputMahalanobis.self,
    IsolationForest.self,
    GaussianMixture.self,
  ]
}
