import PicketData

/// How many rows of each part are used at most: what makes a quick run quick.
package struct RowLimits: Sendable, Hashable {
  /// Training rows of each class.
  package var train = Int.max
  /// Validation rows of each class.
  package var validation = Int.max
  /// Test rows of each class.
  package var test = Int.max

  /// All rows.
  package init() {}

  /// The rows of a quick run.
  package static var quick: RowLimits {
    var limits = RowLimits()
    limits.train = 3_000
    limits.validation = 500
    limits.test = 800
    return limits
  }

  /// The split with at most so many rows in each part: the first, which were drawn at random.
  func applied(to split: RowSplit) -> RowSplit {
    var limited = split
    limited.trainNormal = Array(split.trainNormal.prefix(train))
    limited.trainAnomaly = Array(split.trainAnomaly.prefix(train))
    limited.validationNormal = Array(split.validationNormal.prefix(validation))
    limited.validationAnomaly = Array(split.validationAnomaly.prefix(validation))
    limited.testNormal = Array(split.testNormal.prefix(test))
    limited.testAnomaly = Array(split.testAnomaly.prefix(test))
    return limited
  }
}
