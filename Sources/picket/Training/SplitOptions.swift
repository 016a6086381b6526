import ArgumentParser
import PicketData
import PicketExport

/// How the rows are divided between training and what comes after it.
struct SplitOptions: ParsableArguments {
  /// A way to divide rows.
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case holdout
    case p1Open = "p1-open"
    case p1All = "p1-all"
  }

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "How rows are divided.",
      discussion: """
        holdout: normal rows at random into training, validation, calibration and test by the \
        shares below; of the anomalies at most half to learn from, and as many to judge by as make \
        one in five of the test rows. p1-open, p1-all: the AnoEAN experiments, 72 % of the normal rows train, 8 % \
        validate and calibrate, 20 % test; anomalies to learn from are of 4/9 of the labels \
        (open) or of all labels (all).
        """, valueName: "name"))
  var name: Name = .holdout

  @Option(
    help: ArgumentHelp(
      "Take the rows from a file instead, of one character a row: n a train, v w validation, "
        + "N A test (normal, anomaly), . unused.", valueName: "file"))
  var split: String?

  @Option(
    help: ArgumentHelp(
      "Labelled anomalies to learn from, for each normal training row.", valueName: "share"))
  var anomalyShare = 0.1

  @Option(help: ArgumentHelp("Of the normal rows, to choose the epoch by.", valueName: "share"))
  var validationShare = 0.1

  @Option(
    help: ArgumentHelp(
      "Of the normal rows, to calibrate on. (default: 0.1; of a short log up to "
        + "\(mostCalibration), to tell small budgets)", valueName: "share"))
  var calibrationShare: Double?

  @Option(help: ArgumentHelp("Of the normal rows, to judge by.", valueName: "share"))
  var testShare = 0.1

  /// The normal rows of a log that calibration takes if there are enough, and the largest share.
  private static let (wantedCalibration, mostCalibration) = (3_000, 0.35)

  /// Takes more of a log's normal rows to calibrate on, unless the command line says how many.
  mutating func calibrate(onLogOf normalRows: Int) {
    guard calibrationShare == nil else { return }
    let share = Double(Self.wantedCalibration) / Double(max(normalRows, 1))
    calibrationShare = min(max(share, TrainingSplit.Shares().calibration), Self.mostCalibration)
  }

  func validate() throws {
    let calibrationShare = shares.calibration
    for (name, share) in [
      ("validation-share", validationShare), ("calibration-share", calibrationShare),
      ("test-share", testShare),
    ] where !(share > 0 && share < 1) {
      throw ValidationError("--\(name) \(share): expected a number between 0 and 1")
    }
    guard validationShare + calibrationShare + testShare < 1 else {
      throw ValidationError(
        "--validation-share \(validationShare), --calibration-share \(calibrationShare) and "
          + "--test-share \(testShare) leave no rows to train: their sum must stay below 1")
    }
    guard anomalyShare > 0, anomalyShare <= 100 else {
      throw ValidationError("--anomaly-share \(anomalyShare): expected a number above 0")
    }
    guard split == nil || name == .holdout else {
      throw ValidationError("--split and --protocol exclude each other")
    }
  }

  /// What decides how many anomalies teach, for messages.
  func cause(of division: TrainingSplit) -> String {
    if let split { return "--split \(split)" }
    let share = "--anomaly-share \(anomalyShare)"
    return name == .holdout
      ? "\(share) of \(division.train.normal.count) normal training rows"
      : "\(share) with --protocol \(name.rawValue)"
  }

  /// What decides how the rows are divided, beside the seed, where no file does.
  private var settings: JSONValue {
    if name != .holdout {
      return .object(["name": .string(name.rawValue), "anomalyShare": .number(anomalyShare)])
    }
    return Self.settings(of: shares)
  }

  /// A random split, as settings.
  static func settings(of shares: TrainingSplit.Shares) -> JSONValue {
    .object([
      "name": .string(Name.holdout.rawValue), "anomalyShare": .number(shares.anomalies),
      "validationShare": .number(shares.validation),
      "calibrationShare": .number(shares.calibration), "testShare": .number(shares.test),
    ])
  }

  private var shares: TrainingSplit.Shares {
    var shares = TrainingSplit.Shares()
    shares.validation = validationShare
    shares.calibration = calibrationShare ?? shares.calibration
    shares.test = testShare
    shares.anomalies = anomalyShare
    return shares
  }

  /// Divides the rows, and says how: in a word, and as the settings that decide it beside the seed.
  func divide(
    _ records: RecordSet, learnsAnomalies: Bool, seed: UInt64
  ) throws -> (split: TrainingSplit, name: String, settings: JSONValue) {
    if split == nil, name == .holdout {
      let split = TrainingSplit(records, shares, learnsAnomalies: learnsAnomalies, seed: seed)
      return (split, "holdout", settings)
    }
    guard records.tables.count == 1, let table = records.tables.first else {
      throw ValidationError("--protocol and --split are for one data file")
    }
    if let split {
      let file = try SourceFile(path: split)
      let rows = try RowSplit(file, rowCount: table.rowCount)
      try rows.check(against: table, file: split)
      let name = "given rows"
      return (TrainingSplit(rows), name, file.tree(["name": .string(name)]))
    }
    var protocolP1 = ProtocolP1(name == .p1Open ? .open : .all, seed: seed)
    protocolP1.anomalyShare = anomalyShare
    return (TrainingSplit(RowSplit(table, protocolP1)), name.rawValue, settings)
  }
}
