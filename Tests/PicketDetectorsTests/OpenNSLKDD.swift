import PicketData
import PicketDetectors
import PicketNumbers
import Testing

/// Seed 0 of protocol P1, open, on NSL-KDD: 80 % of the normal rows to learn from, and a tenth as many
/// anomalies of four ninths of the attack labels.
struct OpenNSLKDD {
  /// The folder of the data sets; nil where there is none.
  static let directory = DataDirectory.locate()

  let records: TrainingRecords
  /// Normal rows first.
  let test: SparseRows
  /// Whether each row of `test` is an anomaly.
  let isAnomaly: [Bool]

  init() throws {
    let known = try #require(KnownDataSet.named("nsl-kdd-train"))
    let table = try Table(
      path: "\(try #require(Self.directory))/\(known.path)", schema: .nslKDD)
    let split = RowSplit(table, ProtocolP1(.open, seed: 0))
    let encoding = FeatureEncoding.fit(table: table, rows: split.train)
    func rows(_ rows: [Int]) throws -> SparseRows {
      try encoding.encodeSparse(table, rows: rows)
    }
    records = try TrainingRecords(
      normal: rows(split.trainNormal), anomalies: rows(split.trainAnomaly),
      validationNormal: rows(split.validationNormal),
      validationAnomalies: rows(split.validationAnomaly))
    test = try rows(split.test)
    isAnomaly = (0..<test.count).map { $0 >= split.testNormal.count }
  }
}
