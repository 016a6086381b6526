import CLibSVM
import PicketNumbers

/// Support vector machine of two classes: the widest margin between normal and anomalous rows.
///
/// ```
/// min  1/2 |w|^2 + sum_i C_i xi_i  with  y_i (w.phi(x_i) + b) >= 1 - xi_i, xi_i >= 0
/// score(x) = w.phi(x) + b,  y = 1 for anomalies
/// C_i = C n / (2 n_class(i)), or C
/// ```
///
/// Cortes and Vapnik 1995, equation 21, solved by libsvm with a radial basis function. Errors in
/// the rarer class cost more (Veropoulos et al. 1999; AnoEAN, section 4.1, does not say how much
/// more): the weights are scikit-learn's `balanced`. "Network Traffic Anomaly Detection with Variational
/// Autoencoder", section 5.3, has equal weights.
public struct SupportVectorClassifier: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "svm", title: "SVM", source: "Cortes and Vapnik 1995", needs: .bothClasses,
    exports: false)

  /// C, the price of a row on the wrong side.
  public var penalty = 1.0
  /// Whether the rarer class's price is raised.
  public var isBalanced = true
  /// The kernel, and the limits of a training.
  public var kernel = KernelSettings(rowLimit: 100_000)

  /// C = 1, balanced.
  public init() {}

  /// Trains; the seed draws the rows where a class has more than the limit.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    guard records.normal.count > 0, records.anomalies.count > 0 else {
      throw TrainingError(
        description: "\(records.normal.count) normal and \(records.anomalies.count) anomalous "
          + "rows; a machine of two classes needs both")
    }
    var generator = SeededGenerator(seed: seed)
    let normal = records.normal.sample(atMost: kernel.rowLimit, using: &generator)
    let anomalies = records.anomalies.sample(atMost: kernel.rowLimit, using: &generator)
    let count = Double(normal.count + anomalies.count)
    func weight(_ members: Int) -> Double { isBalanced ? count / (2 * Double(members)) : 1 }
    // libsvm's values are positive for the label 1, wherever -1 is the other.
    return try FittedKernelMachine(
      machine: LibSVM.train(
        SparseRows(normal, then: anomalies),
        labels: Array(repeating: 1, count: normal.count)
          + Array(repeating: -1, count: anomalies.count),
        kernel: kernel,
        classWeights: [(1, weight(normal.count)), (-1, weight(anomalies.count))]
      ) {
        $0.svm_type = Int32(C_SVC)
        $0.C = penalty
      })
  }
}
