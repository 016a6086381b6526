import PicketData
import PicketDetectors
import PicketMetrics

/// What an experiment measures of a trained detector.
package struct Measure: Sendable {
  /// Rows that are scored beside the test's.
  package enum Part: Sendable { case trainNormal, validation }

  /// A figure's key, what a person reads, and its decimals.
  package struct Column: Sendable, Equatable {
    /// The key in cells and JSON.
    package let key: String
    /// The title in tables.
    package let title: String
    /// Digits after the point.
    package let decimals: Int

    /// Describes a column.
    package init(_ key: String, _ title: String, decimals: Int = 4) {
      self.key = key
      self.title = title
      self.decimals = decimals
    }
  }

  /// What was measured.
  package struct Result: Sendable {
    /// Figures by key.
    package var figures: [String: Double] = [:]
    /// Points of pictures.
    package var series: [Series] = []

    /// Nothing yet.
    package init() {}
  }

  /// Which scores the closure looks at beside the test's.
  package let parts: Set<Part>
  /// The figures, in the order of tables.
  package let columns: [Column]
  /// Computes them.
  package let evaluate: @Sendable (ScoredRows) throws -> Result

  /// Describes a measure.
  package init(
    parts: Set<Part> = [], columns: [Column],
    evaluate: @escaping @Sendable (ScoredRows) throws -> Result
  ) {
    self.parts = parts
    self.columns = columns
    self.evaluate = evaluate
  }
}

/// The scores of a trained detector, and what its rows are.
package struct ScoredRows: Sendable {
  /// One score a test row, normal rows first.
  package let test: [Double]
  /// Whether each test row is an anomaly.
  package let isAnomaly: [Bool]
  /// What each test row is: a label, a digit.
  package let labels: [String]
  /// Scores of the normal training rows, if the measure asks.
  package var trainNormal: [Double] = []
  /// Scores of the validation rows, normal ones first, if the measure asks.
  package var validation: [Double] = []
  /// Whether each validation row is an anomaly.
  package var validationIsAnomaly: [Bool] = []
  /// Whether pictures are wanted of this cell: they are, of an experiment's first seed.
  package let wantsSeries: Bool
  /// The code of some test rows, by position in `test`, if the detector has an encoder; for pictures.
  package let codes: @Sendable ([Int]) throws -> [[Double]]?
  /// The losses of the training, epoch by epoch.
  package let history: [TrainingProgress]

  /// The curve of the test scores; throws when a score is not a number or a class is missing.
  package func curve() throws -> DetectionCurve {
    try Self.curve(test, isAnomaly, "the test")
  }

  /// The curve of the validation scores; throws when a class is missing.
  package func validationCurve() throws -> DetectionCurve {
    try Self.curve(validation, validationIsAnomaly, "the validation")
  }

  /// The curve of the normal test rows against some of the anomalies; nil when there are none.
  package func curve(where isWanted: (String) -> Bool) throws -> DetectionCurve? {
    let rows = test.indices.filter { !isAnomaly[$0] || isWanted(labels[$0]) }
    guard rows.contains(where: { isAnomaly[$0] }) else { return nil }
    return try Self.curve(rows.map { test[$0] }, rows.map { isAnomaly[$0] }, "a part of the test")
  }

  private static func curve(
    _ scores: [Double], _ isAnomaly: [Bool], _ what: String
  ) throws -> DetectionCurve {
    guard let curve = DetectionCurve(scores: scores, isAnomaly: isAnomaly) else {
      throw ReproduceError(
        "\(what) has \(isAnomaly.count { !$0 }) normal rows, \(isAnomaly.count { $0 }) anomalies "
          + "and \(scores.count { $0.isNaN }) scores that are not numbers; expected rows of both "
          + "classes and finite scores")
    }
    return curve
  }
}
