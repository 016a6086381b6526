import PicketData
import PicketDetectors
import PicketExport

extension Train {
  /// What a training learns from, and by what.
  struct Material {
    let schema: ChosenSchema
    /// The records as they were read.
    let logged: RecordSet
    /// Those that are learned from and judged by: the same, and what a log's false alerts are besides.
    let records: RecordSet
    let split: TrainingSplit
    /// How the rows were divided, in a word.
    let splitName: String
    /// The detector and its features, unless a search chooses them.
    let detector: DetectorConfiguration
    let features: FeatureChoice
    /// What else decides the result.
    let settings: [String: JSONValue]
    /// The log that the records are of, if they are of one, and its rows that are learned alone.
    let replay: ReplayRecords?
    let early: [Int]
  }

  /// Reads the data, divides their rows, and refuses what cannot work.
  func material() throws -> Material {
    let labels = try replayOption.labelFile()
    let replay = try replayOption.read(labels, badRows)
    let schema =
      try replay == nil ? schemaOption.resolve(toLearnFrom: data[0]) : ChosenSchema(.flow)
    let logged = try RecordSet(
      replay?.tables ?? data.map { try badRows.read($0, schema: schema.schema) })
    if replay == nil { logged.tables.forEach(DoubtfulLabels.tell) }
    var splitOptions = splitOptions
    var name = detectorOptions.detector ?? .anoean
    if replay != nil {
      splitOptions.calibrate(onLogOf: logged.normalRows.count)
      name = detectorOptions.detector(forLogWith: logged.anomalyRows.count)
    }
    var (split, splitName, splitSettings) = try splitOptions.divide(
      logged, learnsAnomalies: auto.isOn || name != .vae, seed: seed)
    let early = replay.map { ReplayOption.learnedOnly(of: $0, logged.rowCount) } ?? []
    split.teach(early)
    var settings: [String: JSONValue] = [
      "schema": .string(schema.schema.name), "split": splitSettings,
      "skipBadRows": .bool(badRows.skipBadRows),
    ]
    settings["schemaFile"] = schema.settings
    settings["labels"] = labels?.tree()
    var records = logged
    if let lesson = replay.flatMap({ replayOption.lesson($0, among: split.train.normal.count) }) {
      records = RecordSet(logged.tables + [lesson.moments])
      split.teach(lesson.falseAlerts + (logged.rowCount..<records.rowCount))
      settings["falseWeight"] = .number(Double(lesson.weight))
    }
    let detector = detectorOptions.configuration(
      name, seed: seed, normalRows: split.train.normal.count, isLog: replay != nil)
    try check(split, records, needsAnomalies: !auto.isOn && detector.needsAnomalies)
    return Material(
      schema: schema, logged: logged, records: records, split: split, splitName: splitName,
      detector: detector, features: featureOption.choice(schema.schema, detector),
      settings: settings, replay: replay, early: early)
  }

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
    if !auto.isOn, detectorOptions.detector == .distilled { try checkTeacher(split, records) }
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

  /// What the members of a teacher ask for.
  private func checkTeacher(
    _ split: TrainingSplit, _ records: RecordSet
  ) throws(Failure) {
    let (taught, heldOut) = (split.train.normal.count, split.validation.normal.count)
    let (leastTaught, leastHeldOut) = (Distilled.leastNormal, Distilled.leastHeldOut)
    guard taught < leastTaught || heldOut < leastHeldOut else { return }
    throw Failure(
      "--detector distilled: found \(records.normalRows.count) normal rows in \(sources), \(taught) "
        + "of them to learn from and \(heldOut) to validate; expected at least \(leastTaught) and "
        + "\(leastHeldOut); give more rows or another --validation-share, or use --detector vae")
  }

  /// What was learned from, for messages.
  private var sources: String { replayOption.replay ?? data.joined(separator: ", ") }
}
