import ArgumentParser
import Foundation
import PicketData
import PicketDetectors
import PicketExport
import PicketReport

/// `picket train`: from records to a model and a report on it.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a detector and export its model.",
    discussion: """
      Reads CSV files (plain or gzipped), divides their rows by the seed, trains, and fills a \
      folder, replacing what a training left there before:

        model.picket   what 'picket score' and the C library open
        trained.json   the trained network in full precision, for 'picket export'
        config.json    everything that decides the result, to train again
        schema.toml    what the columns of the data are
        report.txt     figures on rows that the training did not see
        report.json    the same
        report.html    the same, with a picture of the scores

      The same data, settings and seed on the same machine give the same bytes of model.picket. \
      Ctrl-C keeps the best epoch so far, writes everything, and exits with 130.

      EXAMPLES:
        picket train KDDTrain+.txt.gz --schema nsl-kdd -o run
        picket train normal.csv more.csv --schema my.toml --detector vae -o run
        picket train records.csv --auto -o run
        picket train --replay site.log --labels site.labels -o run
      """)

  @Argument(help: ArgumentHelp("The records: CSV files of one schema.", valueName: "data"))
  var data: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to fill.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("Fixes every random choice.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var schemaOption: SchemaOption
  @OptionGroup var badRows: BadRowsOption
  @OptionGroup var auto: AutoOptions
  @OptionGroup(title: "A gateway's log") var replayOption: ReplayOption
  @OptionGroup(title: "Detector") var detectorOptions: DetectorOptions
  @OptionGroup(title: "Detector") var featureOption: FeatureOption
  @OptionGroup(title: "Rows") var splitOptions: SplitOptions

  @Option(
    name: .customLong("type"),
    help: "How model.picket stores weights. (default: float32, with --auto int8)")
  var storedType: ElementType?

  @OptionGroup var format: FormatOption

  func validate() throws {
    if auto.isOn, let given = detectorOptions.given ?? featureOption.given {
      throw ValidationError("\(given): with --auto the trainer chooses that itself")
    }
    guard data.isEmpty != (replayOption.replay == nil) else {
      throw ValidationError("give either data files, or --replay with the log of a gateway")
    }
    if replayOption.replay == nil {
      if detectorOptions.detector == nil { try detectorOptions.checkSettings(of: .anoean) }
    } else if schemaOption.schema != nil {
      throw ValidationError("--schema is for CSV files: a log's columns are its own")
    } else if splitOptions.split != nil || splitOptions.name != .holdout {
      throw ValidationError("--split and --protocol are for one data file, not for a log")
    }
  }

  func run() throws {
    let labels = try replayOption.labelFile()
    let replay = try replayOption.read(labels, badRows)
    let (schema, schemaFile) =
      try replay == nil ? schemaOption.resolve(toLearnFrom: data[0]) : (.flow, nil)
    var records = try RecordSet(
      replay?.tables ?? data.map { try badRows.read($0, schema: schema) })
    var splitOptions = splitOptions
    var name = detectorOptions.detector ?? .anoean
    if replay != nil {
      splitOptions.calibrate(onLogOf: records.normalRows.count)
      name = detectorOptions.detector(forLogWith: records.anomalyRows.count)
    }
    var (split, splitName, splitSettings) = try splitOptions.divide(
      records, learnsAnomalies: auto.isOn || name != .vae, seed: seed)
    let early = replay.map { ReplayOption.learnedOnly(of: $0, records.rowCount) } ?? []
    split.teach(early)
    let lesson = replay.flatMap { replayOption.lesson($0, among: split.train.normal.count) }
    let logged = records
    if let lesson {
      records = RecordSet(records.tables + [lesson.moments])
      split.teach(lesson.falseAlerts + (logged.rowCount..<records.rowCount))
    }
    let detector = detectorOptions.configuration(
      name, seed: seed, normalRows: split.train.normal.count, isLog: replay != nil)
    let features = featureOption.choice(schema, detector)
    try check(split, records, needsAnomalies: !auto.isOn && detector.needsAnomalies)
    // Now rather than after the training, should it fail.
    let directory = try OutputDirectory(output)
    defer { directory.removeIfEmpty() }
    try directory.claim()
    Interrupt.watch()
    var search: AutoSearch?
    if auto.isOn {
      let found = try AutoSearch(
        records, split, type: elementType,
        maxBytes: auto.maxBytes ?? AutoOptions.standardMaxBytes, seed: seed)
      StandardError.note("chosen: \(found.chosen.candidate.title)")
      search = found
    }

    var settings: [String: JSONValue] = [
      "schema": .string(schema.name), "split": splitSettings,
      "skipBadRows": .bool(badRows.skipBadRows),
    ]
    settings["schemaFile"] = schemaFile?.tree()
    settings["labels"] = labels?.tree()
    if let lesson { settings["falseWeight"] = .number(Double(lesson.weight)) }
    func nextTraining() throws -> Training {
      let candidate = search?.chosen.candidate
      return try Training(
        records: records, split: split,
        detector: candidate?.detector.lengthened(for: split.train.normal.count) ?? detector,
        features: candidate?.choice(schema) ?? features, seed: seed, type: elementType,
        settings: settings, sources: logged.tables)
    }
    var training = try nextTraining()
    var (outcome, bytes, model, evaluation) = try learn(training)
    while try search?.accepts(bytes.count) == false {
      training = try nextTraining()
      (outcome, bytes, model, evaluation) = try learn(training)
    }
    let report = TrainingReport(
      detector: training.detector, seed: seed, schema: schema.name, splitName: splitName,
      sources: outcome.model.provenance.data, leftOut: logged.tables.map(\.skipped.count),
      split: split, unused: split.unused(of: logged), outcome: outcome, info: model.info,
      evaluation: evaluation, search: search,
      log: try replay.map { try LogReport($0, logged, early, outcome.model.encoding, model) })

    try fill(
      directory, bytes, outcome.model, schema,
      configuration(outcome.model.provenance, training), report)
    try StandardOutput.print(format.isJSON ? report.json.pretty + "\n" : report.text)
    StandardError.note("wrote \(directory.path(of: RunFiles.model)) and its report")
    if outcome.isInterrupted {
      StandardError.note("interrupted: the model is that of the best epoch so far")
    }
    if Interrupt.isRequested { throw Interrupt.exitCode }
  }

  /// Writes all files of a training, or none: they tell of each other.
  private func fill(
    _ directory: OutputDirectory, _ bytes: [UInt8], _ model: TrainedModel, _ schema: Schema,
    _ configuration: JSON, _ report: TrainingReport
  ) throws {
    try directory.write([
      (bytes, RunFiles.model), (model.json(), RunFiles.trained),
      (Array(schema.toml.utf8), RunFiles.schema),
      (Array("\(configuration.pretty)\n".utf8), RunFiles.configuration),
      (Array(report.text.utf8), RunFiles.reportText),
      (Array("\(report.json.pretty)\n".utf8), RunFiles.reportJSON),
      (Array(report.html.utf8), RunFiles.reportHTML),
    ])
  }

  /// Trains, and makes the model file.
  private func learn(
    _ training: Training
  ) throws -> (Training.Outcome, bytes: [UInt8], model: LoadedModel, evaluation: Evaluation) {
    var outcome = try train(training)
    if Interrupt.isRequested { outcome.markInterrupted() }
    let (bytes, model, evaluation) = try export(&outcome, training)
    return (outcome, bytes, model, evaluation)
  }

  /// Trains, telling how far it is and listening for Ctrl-C.
  private func train(_ training: Training) throws -> Training.Outcome {
    let progress = ProgressLine("training")
    defer { progress.finish() }
    let observer = TrainingObserver(
      onEpoch: { epoch in
        let share = Double(epoch.epoch) / Double(epoch.epochs)
        let losses = epoch.losses.map { "\($0.name) \(NumberText.fixed($0.value, 4))" }
        progress.update(
          share, "epoch \(epoch.epoch) of \(epoch.epochs)",
          "validation \(NumberText.fixed(epoch.validation, 4)), " + losses.joined(separator: ", "))
      }, isCancelled: { Interrupt.isRequested })
    do {
      return try training.run(observer)
    } catch let error as TrainingError {
      guard Interrupt.isRequested else {
        throw Failure(
          "training gave no model: \(error.description); look at --batch, --learning-rate and the data"
        )
      }
      progress.finish()
      StandardError.note("interrupted before the first step: nothing is written")
      throw Interrupt.exitCode
    }
  }

  /// Makes the model file, judges it on the test rows, and writes the figures into it.
  private func export(
    _ outcome: inout Training.Outcome, _ training: Training
  ) throws -> (bytes: [UInt8], model: LoadedModel, evaluation: Evaluation) {
    let options = ExportOptions(elementType: elementType)
    let unjudged = try LoadedModel(bytes: ModelWriter.write(outcome.model, options: options))
    let (records, encoding) = (training.records, outcome.model.encoding)
    let test = training.split.test
    let normal = try unjudged.score(records: records.records(test.normal, encoding))
    let anomaly = try unjudged.score(records: records.records(test.anomaly, encoding))
    let scores = (normal + anomaly).map(\.score)
    let isAnomaly = normal.map { _ in false } + anomaly.map { _ in true }
    let judged = Evaluation(unjudged, scores: scores, isAnomaly: isAnomaly)
    if let figures = judged.figures {
      for figure in figures.named { outcome.model.provenance.metrics[figure.key] = figure.value }
    }
    let bytes = try ModelWriter.write(outcome.model, options: options)
    let model = try LoadedModel(bytes: bytes)
    return (bytes, model, Evaluation(model, scores: scores, isAnomaly: isAnomaly))
  }

  private var elementType: ElementType { storedType ?? (auto.isOn ? .int8 : .float32) }

  /// What must be there for a training to make sense, said in terms of the data.
  private func check(
    _ split: TrainingSplit, _ records: RecordSet, needsAnomalies: Bool
  ) throws(Failure) {
    let (taught, validating) = (split.train.anomaly.count, split.validation.anomaly.count)
    if needsAnomalies, taught == 0 || validating == 0 {
      let found = records.anomalyRows.count
      let cause =
        found < 4
        ? "expected at least 4; label some"
        : "of which \(splitOptions.cause(of: split)) leaves \(taught) to learn from and "
          + "\(validating) to validate, expected at least 1 of each; leave more"
      throw Failure(
        "an AnoEAN learns with labelled anomalies; found \(found) in \(sources), \(cause), or use "
          + "--detector vae or distilled, which need none")
    }
    guard split.train.normal.count >= 2, split.validation.normal.count >= 2,
      split.calibration.count >= 2
    else {
      throw Failure(
        "found \(records.normalRows.count) normal rows in \(sources); "
          + "expected at least 2 to learn from, 2 to validate and 2 to calibrate; "
          + (replayOption.replay == nil
            ? "check the schema's 'normal' labels" : "let 'picketd learn' see more"))
    }
  }

  /// What was learned from, for messages.
  private var sources: String { replayOption.replay ?? data.joined(separator: ", ") }

  /// Everything that decides the result, as a file: the defaults too, which the provenance leaves out.
  private func configuration(
    _ provenance: Provenance, _ training: Training
  ) throws -> JSON {
    [
      "trainer": .string(provenance.trainer), "detector": .string(provenance.detector),
      "seed": .verbatim(String(seed)),
      "data": .array(
        provenance.data.map {
          ["file": .string($0.file), "sha256": .string($0.sha256), "rows": .integer($0.rows)]
        }),
      "element_type": .string(elementType.rawValue),
      "configuration": JSON(try training.configuration()),
    ]
  }
}
