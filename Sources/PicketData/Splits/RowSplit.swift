/// Which rows of a table train, validate and test a detector.
///
/// The lists are positions of rows, disjoint, in the order in which they were drawn.
public struct RowSplit: Sendable, Equatable {
  /// Normal rows to learn from.
  public var trainNormal: [Int] = []
  /// Anomalous rows to learn from.
  public var trainAnomaly: [Int] = []
  /// Normal rows to choose by.
  public var validationNormal: [Int] = []
  /// Anomalous rows to choose by.
  public var validationAnomaly: [Int] = []
  /// Normal rows to judge by.
  public var testNormal: [Int] = []
  /// Anomalous rows to judge by.
  public var testAnomaly: [Int] = []

  /// Makes an empty split.
  public init() {}

  /// All rows to learn from, normal ones first.
  public var train: [Int] { trainNormal + trainAnomaly }
  /// All rows to choose by, normal ones first.
  public var validation: [Int] { validationNormal + validationAnomaly }
  /// All rows to judge by, normal ones first.
  public var test: [Int] { testNormal + testAnomaly }
}
