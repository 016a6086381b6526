import PicketData
import PicketDetectors
import PicketExport
import PicketNumbers
import Testing

/// A network that was taught on simulated connections, of logarithms and quantiles.
private struct DistilledModel {
  let network: ScoringNetwork
  let trained: TrainedModel
  /// Records that nothing has learned from, and the inputs they become.
  let records: [Float]
  let inputs: SparseRows
  let isAnomaly: [Bool]

  init() throws {
    let table = try Table(
      bytes: Synth(seed: 8, recordCount: 6000).csv(), file: "synth", schema: .synth)
    let normal = table.normalRows
    let (train, held) = (Array(normal[..<3000]), Array(normal[3000..<3800]))
    let encoding = RecordSet([table]).fit(
      rows: train, normal: train, features: FeatureChoice(DistilledDetector.features))
    let bound = try encoding.bound(to: table)
    var records = TrainingRecords(
      normal: bound.encodeSparse(rows: train), validationNormal: bound.encodeSparse(rows: held))
    records.encoding = encoding
    var configuration = DistilledConfiguration()
    configuration.teacher = [.mahalanobis]
    configuration.perturbed = 2
    configuration.hidden = [32, 16]
    configuration.epochs = 10
    network = try Distilled.train(records, configuration).network
    trained = TrainedModel(
      network: network, encoding: encoding, schema: "synth",
      calibrationRecords: bound.records(rows: held),
      provenance: Provenance(
        trainer: "0", detector: "distilled", data: [], seed: 0, configuration: .object([:]),
        metrics: [:]))
    let asked = Array(normal[3800...]) + table.anomalyRows
    self.records = bound.records(rows: asked)
    inputs = bound.encodeSparse(rows: asked)
    isAnomaly = asked.map { !table.isNormal[$0] }
  }

  func scores(_ type: ElementType) throws -> [Double] {
    let bytes = try ModelWriter.write(trained, options: ExportOptions(elementType: type))
    return try LoadedModel(bytes: bytes).score(records: records).map { Double($0.score) }
  }
}

@Suite struct `A distilled network that was trained and exported` {
  @Test func `scores in the library as in the trainer`() throws {
    let model = try DistilledModel()
    let scores = try model.scores(.float32)
    for (row, score) in scores.enumerated() {
      let expected = model.network.referenceScore(model.inputs.denseRow(row))
      #expect(abs(score - expected) <= 1e-4 * (1 + abs(expected)))
    }
  }

  @Test func `ranks attacks it has not seen above normal records, in bytes too`() throws {
    let model = try DistilledModel()
    for type in [ElementType.float32, .int8] {
      let scores = try model.scores(type)
      let normal = zip(scores, model.isAnomaly).filter { !$0.1 }.map(\.0)
      let anomalous = zip(scores, model.isAnomaly).filter(\.1).map(\.0)
      let limit = normal.sorted()[normal.count * 95 / 100]
      #expect(anomalous.count { $0 > limit } * 2 > anomalous.count)
    }
  }
}
