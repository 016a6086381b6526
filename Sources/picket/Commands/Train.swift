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
        schema.toml    what the columns of the data are: a copy of --schema's file, if given
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
    let material = try material()
    // Now rather than after the training, should it fail.
    let directory = try OutputDirectory(output)
    defer { directory.removeIfEmpty() }
    try directory.claim()
    try directory.checkRoom(for: RunFiles.all)
    try material.schema.checkRoom(in: directory)
    Interrupt.watch()
    var search = try auto.isOn ? search(material) : nil
    let (training, learned) = try learn(material, &search)
    let unused = material.split.unused(of: material.logged)
    let report = TrainingReport(
      detector: training.detector, seed: seed, schema: material.schema.schema.name,
      splitName: material.splitName, sources: learned.outcome.model.provenance.data,
      leftOut: material.logged.tables.map(\.skipped.count), split: material.split,
      unused: unused,
      labels: material.replay == nil
        ? LabelRows(material.records, material.split, unused: unused) : nil,
      outcome: learned.outcome,
      info: learned.model.info, evaluation: learned.evaluation, search: search,
      log: try material.replay.map {
        try LogReport(
          $0, material.logged, material.early, learned.outcome.model.encoding, learned.model)
      })
    try fill(directory, learned, material.schema, configuration(learned, training), report)
    try StandardOutput.print(format.isJSON ? report.json.pretty + "\n" : report.text)
    StandardError.note("wrote \(directory.path(of: RunFiles.model)) and its report")
    if learned.outcome.isInterrupted {
      StandardError.note("interrupted: the model is that of the best epoch so far")
    }
    if Interrupt.isRequested { throw Interrupt.exitCode }
  }

  /// Writes all files of a training, or none: they tell of each other.
  private func fill(
    _ directory: OutputDirectory, _ learned: Learned, _ schema: ChosenSchema,
    _ configuration: JSON, _ report: TrainingReport
  ) throws {
    try directory.write([
      (learned.bytes, RunFiles.model), (learned.outcome.model.json(), RunFiles.trained),
      (schema.toml, RunFiles.schema),
      (Array("\(configuration.pretty)\n".utf8), RunFiles.configuration),
      (Array(report.text.utf8), RunFiles.reportText),
      (Array("\(report.json.pretty)\n".utf8), RunFiles.reportJSON),
      (Array(report.html.utf8), RunFiles.reportHTML),
    ])
  }

  /// How the model file stores weights.
  var elementType: ElementType { storedType ?? (auto.isOn ? .int8 : .float32) }

  /// Everything that decides the result, as a file: the defaults too, which the provenance leaves out.
  private func configuration(
    _ learned: Learned, _ training: Training
  ) throws -> JSON {
    let provenance = learned.outcome.model.provenance
    return [
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
