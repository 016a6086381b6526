import PicketData
import PicketNumbers

/// Records as distances should see them: each field once, each input in units of its range.
///
/// A number that became several inputs keeps one of them; so a step from the least to the most that
/// is normal counts as much as another category.
struct PlaneView: Sendable {
  /// By what an input is multiplied; 0 leaves it out.
  let weights: [Float]

  /// - Parameters:
  ///   - normal: Records whose range is the unit.
  ///   - encoding: How fields became inputs; nil when every input is a field of its own.
  ///   - feature: The plane of a number to keep; a number without it keeps what it has.
  init(of normal: SparseRows, encoding: FeatureEncoding?, keeping feature: NumericFeature) {
    // Zeros are not stored: every range is taken to reach zero.
    var low = [Float](repeating: 0, count: normal.columnCount)
    var high = low
    for (column, value) in zip(normal.columns, normal.values) {
      low[Int(column)] = min(low[Int(column)], value)
      high[Int(column)] = max(high[Int(column)], value)
    }
    var weights = zip(low, high).map { $1 > $0 ? 1 / ($1 - $0) : 1 }
    var next = 0
    for field in encoding?.fields ?? [] {
      if case .numeric(let number) = field, number.planes.contains(where: { $0.feature == feature })
      {
        for (place, plane) in number.planes.enumerated() where plane.feature != feature {
          weights[next + place] = 0
        }
      }
      next += field.inputCount
    }
    self.weights = weights
  }

  /// The rows in this view.
  func callAsFunction(_ rows: SparseRows) -> SparseRows {
    SparseRows(
      rowStart: rows.rowStart, columns: rows.columns,
      values: zip(rows.columns, rows.values).map { $1 * weights[Int($0)] },
      columnCount: rows.columnCount)
  }
}

extension NumericPlane {
  /// What the plane makes of a number.
  fileprivate var feature: NumericFeature {
    switch self {
    case .affine: .minMax
    case .log: .log
    case .quantile: .quantile
    }
  }
}
