import PicketData
import PicketNumbers

/// The records that a training sees, whatever the detector.
public struct TrainingRecords: Sendable {
  /// Normal records to learn from.
  public var normal: SparseRows
  /// Anomalies to learn from; empty for a detector that needs none.
  public var anomalies: SparseRows
  /// Normal records for early stopping, for fitted distributions and for thresholds.
  public var validationNormal: SparseRows
  /// Anomalies for early stopping.
  public var validationAnomalies: SparseRows
  /// How the numbers of a row lie, which only convolutions ask.
  public var shape: RowShape
  /// How the fields of a record became inputs; nil for rows that are not of records.
  public var encoding: FeatureEncoding?

  /// Gathers normal rows of one length, without anomalies.
  public init(normal: SparseRows, validationNormal: SparseRows, shape: RowShape = .columns) {
    let none = SparseRows(dense: [], columnCount: normal.columnCount)
    self.init(
      normal: normal, anomalies: none, validationNormal: validationNormal,
      validationAnomalies: none, shape: shape)
  }

  /// Gathers rows of one length.
  public init(
    normal: SparseRows, anomalies: SparseRows, validationNormal: SparseRows,
    validationAnomalies: SparseRows, shape: RowShape = .columns
  ) {
    self.normal = normal
    self.anomalies = anomalies
    self.validationNormal = validationNormal
    self.validationAnomalies = validationAnomalies
    self.shape = shape
  }
}

/// How the numbers of a row lie.
public enum RowShape: Sendable, Codable, Hashable {
  /// One after the other, a single channel: a table's columns.
  case columns
  /// An image of one channel, row after row.
  case image(height: Int, width: Int)
}
