import PicketData
import PicketDetectors
import PicketExport

/// Scores rows with what a detector has learned: with the exported file where there is one and the
/// experiment wants it, which PicketCore reads and computes; otherwise in the trainer.
struct Scorer: Sendable {
  private let fitted: any FittedDetector
  private let encoder: InputEncoder
  private let model: LoadedModel?

  init(
    _ fitted: any FittedDetector, encoder: InputEncoder, split: RowSplit, plan: CellPlan,
    trainer: String
  ) throws {
    self.fitted = fitted
    self.encoder = encoder
    guard plan.contestant.isJudgedOnFile, let network = fitted.network else {
      model = nil
      return
    }
    let few = SampleRows(normal: split.trainNormal, anomalies: split.trainAnomaly)
    let trained = TrainedModel(
      network: network, encoding: encoder.encoding, schema: encoder.schemaName,
      calibrationRecords: try encoder.records(split.validationNormal),
      rangeRecords: try encoder.records(few.normal) + encoder.records(few.anomalies),
      provenance: Provenance(
        trainer: trainer, detector: plan.contestant.detector, data: [], seed: plan.name.seed,
        configuration: .object(["cell": .string("\(plan.name)")]), metrics: [:]))
    let options = ExportOptions(elementType: plan.experiment.elementType)
    model = try LoadedModel(bytes: ModelWriter.write(trained, options: options))
  }

  /// Bytes of the exported file, if there is one.
  var modelBytes: Int? { model?.info.modelBytes }

  /// The scores of some rows, then of others, each list ascending; and what one took.
  func scores(_ first: [Int], then second: [Int]) throws -> (
    scores: [Double], microseconds: Double
  ) {
    var scores: [Double] = []
    var seconds = 0.0
    let clock = ContinuousClock()
    for rows in [first, second] where !rows.isEmpty {
      if let model {
        let records = try encoder.records(rows)
        let start = clock.now
        let scored = try model.score(records: records)
        seconds += (clock.now - start) / .seconds(1)
        scores += scored.map { Double($0.score) }
      } else {
        let inputs = try encoder.inputs(rows)
        let start = clock.now
        scores += fitted.scores(inputs)
        seconds += (clock.now - start) / .seconds(1)
      }
    }
    return (scores, seconds * 1e6 / Double(max(scores.count, 1)))
  }

  /// The codes of some of the rows; nil when the detector has no encoder to show.
  func codes(places: [Int], of rows: [Int]) throws -> [[Double]]? {
    guard let network = fitted.network else { return nil }
    return try places.map { place in
      network.referenceCode(try encoder.inputs([rows[place]]).denseRow(0))
    }
  }
}
