import PicketData
import PicketDetectors
import PicketExport
import PicketNN
import PicketNumbers

/// Detectors trained on NSL-KDD, each once in a run of the tests, and normal rows that neither
/// training nor calibration saw.
struct ConnectionModel: Sendable {
  let trained: TrainedModel
  /// Half of the held-out normal records.
  let fresh: [Float]

  static let isPossible = DataDirectory.locate() != nil
  private static let anoEAN = Result { try ConnectionModel(AnoEANConfiguration()) }
  private static let sparse = Result {
    var configuration = AnoEANConfiguration()
    configuration.activityPenalty = 0.03
    return try ConnectionModel(configuration)
  }
  private static let vae = Result { try ConnectionModel(nil) }

  static let names = ["AnoEAN", "sparse AnoEAN", "VAE"]

  static func named(_ name: String) throws -> ConnectionModel {
    try (name == "AnoEAN" ? anoEAN : name == "VAE" ? vae : sparse).get()
  }

  /// Half of the normal rows train, a tenth validates, two tenths calibrate, the rest stays fresh.
  ///
  /// - Parameter anoEAN: How an AnoEAN is trained; without it a VAE is.
  private init(_ anoEAN: AnoEANConfiguration?) throws {
    guard let directory = DataDirectory.locate(),
      let known = KnownDataSet.named("nsl-kdd-train")
    else { throw ExportError("no data") }
    let table = try Table(path: "\(directory)/\(known.path)", schema: .nslKDD)
    var generator = SeededGenerator(seed: 20)
    var normal = table.normalRows
    var anomalies = table.anomalyRows
    generator.shuffle(&normal)
    generator.shuffle(&anomalies)
    let count = normal.count
    let train = Array(normal[..<(count / 2)])
    let validation = Array(normal[(count / 2)..<(count * 6 / 10)])
    let calibration = Array(normal[(count * 6 / 10)..<(count * 8 / 10)])
    let seen = Array(anomalies[..<(train.count / 10)])
    let encoding = FeatureEncoding.fit(table: table, rows: anoEAN != nil ? train + seen : train)
    func rows(_ rows: [Int]) throws -> SparseRows {
      try encoding.encodeSparse(table, rows: rows)
    }
    let network: ScoringNetwork
    if let anoEAN {
      let held = Array(anomalies[(train.count / 10)..<(train.count / 10 + validation.count / 10)])
      let records = try TrainingRecords(
        normal: rows(train), anomalies: rows(seen), validationNormal: rows(validation),
        validationAnomalies: rows(held))
      network = try AnoEAN.train(records, anoEAN).network
    } else {
      let records = try TrainingRecords(normal: rows(train), validationNormal: rows(validation))
      network = try VAE.train(records, VAEConfiguration()).network
    }
    let bound = try encoding.bound(to: table)
    trained = TrainedModel(
      network: network, encoding: encoding, schema: "nsl-kdd",
      calibrationRecords: bound.records(rows: calibration),
      provenance: Provenance(
        trainer: "0", detector: anoEAN != nil ? "AnoEAN" : "VAE", data: [], seed: 20,
        configuration: .object([:]), metrics: [:]))
    fresh = bound.records(rows: Array(normal[(count * 8 / 10)...]))
  }
}
