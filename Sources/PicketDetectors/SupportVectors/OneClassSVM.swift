import CLibSVM
import PicketNumbers

/// One-class support vector machine: the smallest region that holds most of the normal rows.
///
/// ```
/// min  1/2 |w|^2 - rho + 1/(nu n) sum_i xi_i  with  w.phi(x_i) >= rho - xi_i, xi_i >= 0
/// score(x) = rho - w.phi(x)
/// ```
///
/// Schölkopf et al. 2000, equation 5, solved by libsvm with a radial basis function. nu bounds the
/// share of training rows outside from above, that of support vectors from below. AnoEAN, section
/// 4.1, has two tests: nu = 0.0001 on normal rows, the default here, and nu = 0.1 with a tenth of
/// anomalies among the rows, which `withInjectedAnomalies` sets.
public struct OneClassSVM: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "ocsvm", title: "One-class SVM", source: "Schölkopf et al. 2000", needs: .normal,
    exports: false)

  /// The share of rows that may lie outside, above 0 and up to 1.
  public var nu = 0.0001
  /// Whether the training anomalies are mixed with the normal rows, unlabelled.
  public var learnsFromAnomalies = false
  /// The kernel, and the limits of a training.
  public var kernel = KernelSettings(rowLimit: 100_000)

  /// Normal rows alone, nu = 0.0001.
  public init() {}

  /// The second test: a tenth of anomalies among the rows, nu = 0.1.
  ///
  /// libsvm's cost grows with nu times the square of the rows: 48,000 rows of NSL-KDD took 72 to
  /// 86 seconds where nu = 0.0001 took less than one. So 20,000 are drawn, which took 7.
  public static var withInjectedAnomalies: OneClassSVM {
    var detector = OneClassSVM()
    detector.nu = 0.1
    detector.learnsFromAnomalies = true
    detector.kernel.rowLimit = 20_000
    return detector
  }

  /// Trains; the seed draws the rows where there are more than the limit.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var generator = SeededGenerator(seed: seed)
    // Drawn after mixing, so that the share of anomalies stays.
    let mixed =
      learnsFromAnomalies ? SparseRows(records.normal, then: records.anomalies) : records.normal
    let rows = mixed.sample(atMost: kernel.rowLimit, using: &generator)
    guard rows.count > 1 else {
      throw TrainingError(description: "\(rows.count) rows to learn from; 2 are needed")
    }
    let labels = [Double](repeating: 1, count: rows.count)
    return try FittedKernelMachine(
      machine: LibSVM.train(rows, labels: labels, kernel: kernel) {
        $0.svm_type = Int32(ONE_CLASS)
        $0.nu = nu
      })
  }
}
