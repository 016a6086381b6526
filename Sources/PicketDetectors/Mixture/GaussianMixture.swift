import PicketNumbers

/// A mixture of Gaussians with diagonal covariances: what no component explains is anomalous.
///
/// ```
/// score(x) = -ln p(x),  p(x) = sum_k w_k N(x; mu_k, diag v_k)
/// ```
///
/// Fitted by expectation and maximisation (Dempster, Laird and Rubin 1977). Normal traffic is many
/// kinds of connections; one covariance for all of them bridges what lies between.
public struct GaussianMixture: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "gaussian-mixture", title: "Gaussian mixture", source: "Dempster et al. 1977",
    needs: .normal, exports: false)

  /// k.
  public var components = 64
  /// Steps of expectation and maximisation.
  public var iterations = 15
  /// Added to each variance.
  public var floor = 0.01
  /// The most rows that are learned from, drawn without replacement.
  public var rows = 20_000

  /// 64 components.
  public init() {}

  /// Fits the mixture; one that is cancelled has the steps it has.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try TrainingError.check("the number of components", [components])
    try TrainingError.check("the number of iterations", [iterations])
    guard records.normal.count >= components, rows >= components else {
      throw TrainingError(
        description: "\(min(records.normal.count, rows)) normal rows; \(components) components "
          + "need as many")
    }
    var generator = SeededGenerator(seed: seed)
    let sample = records.normal.sample(atMost: rows, using: &generator)
    var mixture = DiagonalGaussians(
      around: sample, components: components, floor: floor, using: &generator)
    for _ in 0..<iterations where !observer.isCancelled() {
      mixture = mixture.improved(on: sample, floor: floor)
    }
    return FittedGaussianMixture(mixture: mixture)
  }
}

/// A mixture that was fitted.
struct FittedGaussianMixture: FittedDetector {
  let mixture: DiagonalGaussians

  /// Weights, means and variances.
  var scoringBytes: Int { 8 * (mixture.count + 2 * mixture.means.count) }

  func scores(_ rows: SparseRows) -> [Double] { mixture.logDensities(rows).map { -$0 } }
}
