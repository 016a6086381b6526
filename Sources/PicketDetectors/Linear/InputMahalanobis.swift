import COpenBLAS
import PicketNN
import PicketNumbers

/// The Mahalanobis distance of a record's inputs from the normal ones.
///
/// ```
/// score(x) = sqrt((x - mean)^T (covariance + ridge I)^-1 (x - mean))
/// ```
///
/// Mahalanobis 1936. The inputs of one symbolic field always sum to 1, and some never vary: their
/// covariance is singular, so a ridge is added to every variance. It says how far outside an input
/// is that normal records never had: 1 / sqrt(ridge).
public struct InputMahalanobis: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "mahalanobis", title: "Mahalanobis distance", source: "Mahalanobis 1936",
    needs: .normal, exports: false)

  /// Added to each variance.
  public var ridge = 1e-3

  /// A ridge of 0.001, for inputs in [0, 1].
  public init() {}

  /// Takes mean and covariance; nothing is drawn at random.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let moments = try Moments(records.normal)
    let width = moments.mean.count
    var covariance = moments.covariance
    for index in 0..<width { covariance[index * width + index] += ridge }
    guard let gaussian = LatentGaussian(mean: moments.mean, covariance: covariance) else {
      throw TrainingError(
        description: "the covariance with a ridge of \(ridge) is not positive definite; "
          + "a larger ridge is needed")
    }
    return FittedInputMahalanobis(gaussian: gaussian)
  }
}

/// The distribution of normal inputs.
struct FittedInputMahalanobis: FittedDetector {
  let gaussian: LatentGaussian

  /// The mean, and the triangle of the covariance's factor.
  var scoringBytes: Int { 8 * (gaussian.size + gaussian.size * (gaussian.size + 1) / 2) }

  /// Solves w L^T = x - mean for many rows at once; the distance is the length of w.
  func scores(_ rows: SparseRows) -> [Double] {
    precondition(rows.columnCount == gaussian.size, "rows as long as those learned from")
    MatrixProduct.useThreads(1)
    let width = Int32(gaussian.size)
    let block = DoubleRows(capacity: 512, columns: gaussian.size)
    var distances: [Double] = []
    distances.reserveCapacity(rows.count)
    for range in (0..<rows.count).blocks(of: block.capacity) {
      block.load(rows, range, less: gaussian.mean)
      cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(range.count), width,
        1, gaussian.factor, width, block.base, width)
      for position in 0..<range.count {
        distances.append(cblas_dnrm2(width, block.base + position * block.columns, 1))
      }
    }
    return distances
  }
}
