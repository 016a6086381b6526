import PicketData
import PicketDetectors
import PicketExport
import PicketNN

/// One training, from rows to a model that can be saved: what `train` and `reproduce` share.
struct Training {
  let records: RecordSet
  let split: TrainingSplit
  let detector: DetectorConfiguration
  /// What is made of numbers.
  let features: FeatureChoice
  let seed: UInt64
  /// How the rows were divided, and what else decides the result; kept beside the detector's own
  /// settings in the provenance.
  let settings: [String: JSONValue]
  /// The files that the records are of; nil if each table is one.
  var sources: [Table]?

  /// What a training leaves, and what it cost.
  struct Outcome {
    var model: TrainedModel
    /// The epoch that was kept, counted from 1.
    let epoch: Int
    /// Optimizer steps.
    let steps: Int
    /// Seconds of training alone.
    let seconds: Double
    /// Multiply-adds of the matrix products.
    let work: TrainingWork

    /// Notes in the provenance that the settings alone do not give this model again.
    mutating func markInterrupted() {
      guard case .object(var settings) = model.provenance.configuration else { return }
      settings["interruptedAfterSteps"] = .number(Double(steps))
      model.provenance.configuration = .object(settings)
    }
  }

  /// Fits the encoding, trains, and gathers what the model file is made from.
  func run(_ observer: TrainingObserver) throws -> Outcome {
    // An encoding knows the training rows alone, those of both classes.
    let encoding = records.fit(
      rows: split.train.all, normal: split.train.normal, features: features)
    try ModelLimits.check(encoding)
    let normal = try records.inputs(split.train.normal, encoding)
    let validationNormal = try records.inputs(split.validation.normal, encoding)
    let network: ScoringNetwork
    let cost: (epoch: Int, steps: Int, seconds: Double, work: TrainingWork)
    switch detector {
    case .anoEAN(let configuration):
      let anomalies = try records.inputs(split.train.anomaly, encoding)
      let result = try AnoEAN.train(
        TrainingRecords(
          normal: normal, anomalies: anomalies, validationNormal: validationNormal,
          validationAnomalies: try records.inputs(split.validation.anomaly, encoding)),
        configuration, observer: observer)
      network = result.network
      cost = (result.epoch, result.steps, result.seconds, result.work)
    case .vae(let configuration):
      let result = try VAE.train(
        TrainingRecords(normal: normal, validationNormal: validationNormal), configuration,
        observer: observer)
      network = result.network
      cost = (result.epoch, result.steps, result.seconds, result.work)
    case .distilled(let configuration):
      var rows = TrainingRecords(normal: normal, validationNormal: validationNormal)
      rows.anomalies = try records.inputs(split.train.anomaly, encoding)
      rows.encoding = encoding
      let result = try Distilled.train(rows, configuration, observer: observer)
      network = result.network
      cost = (result.epoch, result.steps, result.seconds, result.work)
    }
    let model = TrainedModel(
      network: network, encoding: encoding, schema: records.tables[0].schema.name,
      calibrationRecords: try records.records(split.calibration, encoding),
      rangeRecords: try sample(split.train.normal, split.train.anomaly, encoding).joined,
      heldOutNormal: try sample(split.test.normal, split.test.anomaly, encoding).normal,
      heldOutAnomalies: try sample(split.test.normal, split.test.anomaly, encoding).anomalies,
      provenance: try provenance())
    return Outcome(
      model: model, epoch: cost.epoch, steps: cost.steps, seconds: cost.seconds,
      work: cost.work)
  }

  /// Rows at even distances: 2,000 normal ones and 500 anomalies, or all if there are fewer.
  private func sample(
    _ normal: [Int], _ anomalies: [Int], _ encoding: FeatureEncoding
  ) throws -> (normal: [Float], anomalies: [Float], joined: [Float]) {
    func sample(_ rows: [Int], _ count: Int) -> [Int] {
      guard rows.count > count else { return rows }
      return (0..<count).map { rows[$0 * rows.count / count] }
    }
    let few = try (
      records.records(sample(normal, 2_000), encoding),
      records.records(sample(anomalies, 500), encoding)
    )
    return (few.0, few.1, few.0 + few.1)
  }

  /// Everything that decides the result, beside data and seed.
  func configuration() throws -> JSONValue {
    .object(
      settings.merging(["detector": try detector.tree(), "features": features.tree]) { $1 })
  }

  /// What the provenance need not say: the configuration of a training without options.
  private func defaults() throws -> JSONValue {
    .object([
      "skipBadRows": .bool(false), "split": SplitOptions.settings(of: .init()),
      "detector": try detector.defaults.tree(),
      "features": FeatureChoice(detector.defaultFeatures).tree,
    ])
  }

  private func provenance() throws -> Provenance {
    return Provenance(
      trainer: Version.trainer, detector: detector.name,
      data: (sources ?? records.tables).map { table in
        Provenance.DataSource(
          file: table.source.file.split(separator: "/").last.map(String.init) ?? "",
          sha256: table.source.sha256, rows: table.rowCount)
      },
      seed: seed,
      configuration: try configuration().differing(from: defaults()) ?? .object([:]),
      metrics: [:])
  }
}
