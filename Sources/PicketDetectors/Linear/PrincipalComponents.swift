import PicketNumbers

/// Principal components: what the main directions of normal records leave unexplained.
///
/// ```
/// r = c - V^T V c,  c = x - mean,  V the k eigenvectors of the covariance with the most variance
/// score = |r|^2, or |r|^2 / d
/// ```
///
/// With 8 components, the baseline of "Apply Autoencoders on KDDCUP99 Dataset" (Yu 2022). The
/// document calls its error a mean of squares, but a mean over inputs of [0, 1] is at most 1;
/// `reduction` says which one a score is.
public struct PrincipalComponents: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "pca", title: "PCA residual", source: "Yu 2022", needs: .normal, exports: false)

  /// What becomes of the squares of a residual.
  public enum Reduction: String, Sendable, Codable {
    /// Their mean over the inputs.
    case mean
    /// Their sum.
    case sum
  }

  /// k.
  public var components = 8
  /// What a score is; both give the same order.
  public var reduction = Reduction.mean

  /// Eight components, the mean of squares.
  public init() {}

  /// Solves for the components; nothing is drawn at random.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try fit(records.normal)
  }

  /// The same with what was learned open to view.
  ///
  /// - Throws: `TrainingError` for fewer than two rows, or fewer columns than components.
  public func fit(_ rows: SparseRows) throws(TrainingError) -> FittedPrincipalComponents {
    try TrainingError.check("the number of components", [components])
    guard rows.columnCount >= components else {
      throw TrainingError(
        description: "\(components) components; rows of \(rows.columnCount) numbers have no more")
    }
    let moments = try Moments(rows)
    guard
      let solved = SymmetricEigenvectors(
        of: moments.covariance, size: rows.columnCount, largest: components)
    else { throw TrainingError(description: "the eigenvectors did not converge") }
    let total = (0..<rows.columnCount).reduce(0) {
      $0 + moments.covariance[$1 * rows.columnCount + $1]
    }
    return FittedPrincipalComponents(
      mean: moments.mean, directions: solved.vectors, variances: solved.values,
      totalVariance: total, reduction: reduction)
  }
}
