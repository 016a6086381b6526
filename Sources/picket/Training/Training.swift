import PicketData
import PicketDetectors
import PicketExport
import PicketNN

/// One training, from rows to a model that can be saved: what `train` and its search share.
struct Training {
  let records: RecordSet
  let split: TrainingSplit
  /// As the encoding asks for it.
  let detector: DetectorConfiguration
  /// What is made of numbers.
  let features: FeatureChoice
  let seed: UInt64
  /// How the rows were divided, and what else decides the result; kept beside the detector's own
  /// settings in the provenance.
  let settings: [String: JSONValue]
  /// The files that the records are of; nil if each table is one.
  let sources: [Table]?
  /// How records become inputs, as the training rows of both classes have it, and no others.
  private let encoding: FeatureEncoding

  /// Fits the encoding.
  ///
  /// - Parameter type: How the model file will store weights.
  /// - Throws: When no model file could hold the result.
  init(
    records: RecordSet, split: TrainingSplit, detector: DetectorConfiguration,
    features: FeatureChoice, seed: UInt64, type: ElementType,
    settings: [String: JSONValue] = [:], sources: [Table]? = nil
  ) throws {
    encoding = records.fit(rows: split.train.all, normal: split.train.normal, features: features)
    self.records = records
    self.split = split
    self.detector = detector.fitted(to: encoding)
    self.features = features
    self.seed = seed
    self.settings = settings
    self.sources = sources
    try ModelLimits.check(encoding, self.detector, type)
  }

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

    /// Whether Ctrl-C cut the training short.
    private(set) var isInterrupted = false

    /// Notes, in the provenance too, that the settings alone do not give this model again.
    mutating func markInterrupted() {
      isInterrupted = true
      guard case .object(var settings) = model.provenance.configuration else { return }
      settings["interruptedAfterSteps"] = .number(Double(steps))
      model.provenance.configuration = .object(settings)
    }
  }

  /// Trains, and gathers what the model file is made from.
  func run(_ observer: TrainingObserver) throws -> Outcome {
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
    let learned = SampleRows(normal: split.train.normal, anomalies: split.train.anomaly)
    let heldOut = SampleRows(normal: split.test.normal, anomalies: split.test.anomaly)
    let model = TrainedModel(
      network: network, encoding: encoding, schema: records.tables[0].schema.name,
      calibrationRecords: try records.records(split.calibration, encoding),
      rangeRecords: try records.records(learned.normal, encoding)
        + records.records(learned.anomalies, encoding),
      heldOutNormal: try records.records(heldOut.normal, encoding),
      heldOutAnomalies: try records.records(heldOut.anomalies, encoding),
      provenance: try provenance())
    return Outcome(
      model: model, epoch: cost.epoch, steps: cost.steps, seconds: cost.seconds, work: cost.work)
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
          file: table.source.file.fileName, sha256: table.source.sha256, rows: table.rowCount)
      },
      seed: seed,
      configuration: try configuration().differing(from: defaults()) ?? .object([:]),
      metrics: [:])
  }
}
