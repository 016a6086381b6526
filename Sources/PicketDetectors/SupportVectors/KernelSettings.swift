import PicketNumbers

/// What both support vector machines are trained with, besides their own penalty.
public struct KernelSettings: Sendable, Codable, Hashable {
  /// The width of the radial basis function exp(-gamma |a - b|^2).
  public enum Gamma: Sendable, Codable, Hashable {
    /// 1 / (columns * variance), over all numbers of the training rows, as scikit-learn has it.
    case scale
    /// A given number.
    case value(Double)
  }

  /// The width of the kernel.
  public var gamma = Gamma.scale
  /// The violation of the optimality conditions at which libsvm stops.
  public var tolerance = 1e-3
  /// Whether libsvm sets aside, for a while, rows that seem to be settled (its option -h).
  public var shrinking = true
  /// Memory for rows of the kernel matrix; one takes 4 bytes a training row.
  public var cacheMegabytes = 1000.0
  /// The most training rows, of each class where there are two; of more, so many are drawn.
  public var rowLimit: Int

  /// libsvm's own settings, but for a larger cache.
  public init(rowLimit: Int) { self.rowLimit = rowLimit }

  /// gamma for these rows.
  ///
  /// - Throws: `TrainingError` when it is not a positive number.
  func gamma(for rows: SparseRows) throws(TrainingError) -> Double {
    let gamma =
      switch gamma {
      case .value(let value): value
      case .scale: Self.scale(rows)
      }
    guard gamma > 0, gamma.isFinite else {
      throw TrainingError(
        description: "gamma is \(gamma); a positive number is needed, and .scale needs rows that "
          + "vary")
    }
    return gamma
  }

  private static func scale(_ rows: SparseRows) -> Double {
    let count = Double(rows.count * rows.columnCount)
    let mean = rows.values.reduce(0) { $0 + Double($1) } / count
    let square = rows.values.reduce(0) { $0 + Double($1) * Double($1) } / count
    return 1 / (Double(rows.columnCount) * (square - mean * mean))
  }
}
