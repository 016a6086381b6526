import PicketData
import PicketExport
import PicketReport

/// What `picket train` has to say at its end: settings, cost, and figures on held-out rows.
struct TrainingReport {
  let detector: DetectorConfiguration
  let seed: UInt64
  let schema: String
  let splitName: String
  let sources: [Provenance.DataSource]
  /// For each source, how many of its rows were left out because they cannot be read.
  let leftOut: [Int]
  let split: TrainingSplit
  /// The rows that no part of the split has.
  let unused: TrainingSplit.Rows
  /// Which labels the rows have; nil where they have none.
  let labels: LabelRows?
  let outcome: Training.Outcome
  let info: ModelInfo
  let evaluation: Evaluation
  /// How detector, features and size were chosen; nil when they were given.
  let search: AutoSearch?
  /// What there is to say of a gateway's log, if the data are one.
  let log: LogReport?

  /// Multiply-adds a second.
  private var rate: Double { Double(outcome.work.multiplyAdds) / max(outcome.seconds, 1e-9) }

  /// The report for people.
  var text: String {
    var text = heading.text()
    if let search { text += "\n" + search.text }
    text += "\nRows\n" + rows.text(indent: 2)
    if let labels { text += "\nLabels\n" + labels.table.text(indent: 2) }
    if let log { text += "\nLog\n" + log.table.text(indent: 2) }
    if let figures = evaluation.figures {
      text += "\nHeld-out test\n" + figures.table.text(indent: 2)
    } else {
      text += "\nHeld-out test: \(noFigures)\n"
    }
    let budgets = evaluation.budgets(Evaluation.usualBudgets)
    if !budgets.isEmpty {
      text += "\nFalse-alarm budgets on the held-out test\n"
      text += BudgetFigures.table(budgets).text(indent: 2)
    }
    if let missing = evaluation.missing(of: Evaluation.usualBudgets) { text += "  (\(missing))\n" }
    return text
  }

  /// Why there are no figures of the held-out test.
  var noFigures: String { "no figures, the test rows are all of one class" }

  /// What was trained, on what, and what came of it.
  var heading: TextTable {
    var table = TextTable([.left(""), .left("")])
    table.append(["detector", "\(detector.name), score \(info.score), seed \(seed)"])
    for (source, leftOut) in zip(sources, leftOut) {
      let damaged =
        leftOut == 0 ? "" : "; \(NumberText.count(leftOut, "row")) left out, which cannot be read"
      table.append(["data", "\(source.file), \(NumberText.count(source.rows, "row"))\(damaged)"])
      table.append(["", "sha256 \(source.sha256)"])
    }
    table.append(["schema", schema])
    table.append(["split", splitName])
    let kept = "epoch \(outcome.epoch) kept of at most \(detector.epochs)"
    table.append([
      "training", kept + (outcome.isInterrupted ? "; INTERRUPTED, the best so far" : ""),
    ])
    table.append([
      "",
      "\(NumberText.duration(outcome.seconds)), \(NumberText.count(outcome.steps, "step")), "
        + "\(NumberText.inWords(rate)) multiply-adds a second",
    ])
    table.append([
      "model",
      "\(NumberText.grouped(info.modelBytes)) bytes, "
        + "\(NumberText.count(info.parameterCount, "parameter")) in "
        + info.elementTypes.joined(separator: " and "),
    ])
    table.append([
      "calibration",
      "\(NumberText.count(info.calibrationRows, "normal record")), smallest budget "
        + NumberText.significant(Double(info.smallestBudget), 3),
    ])
    return table
  }

  /// How many rows each part has.
  var rows: TextTable {
    var table = TextTable([.left("part"), .right("normal"), .right("anomalous")])
    for (name, normal, anomaly) in parts {
      table.append([name, NumberText.grouped(normal), NumberText.grouped(anomaly)])
    }
    return table
  }

  private var parts: [(name: String, normal: Int, anomaly: Int)] {
    [
      ("train", split.train.normal.count, split.train.anomaly.count),
      ("validation", split.validation.normal.count, split.validation.anomaly.count),
      ("calibration", split.calibration.count, 0),
      ("test", split.test.normal.count, split.test.anomaly.count),
      ("unused", unused.normal.count, unused.anomaly.count),
    ]
  }

  /// The report for programs.
  var json: JSON {
    [
      "trainer": .string(Version.trainer), "detector": .string(detector.name),
      "score": .string(info.score), "seed": .verbatim(String(seed)),
      "data": .array(
        zip(sources, leftOut).map { source, leftOut in
          [
            "file": .string(source.file), "sha256": .string(source.sha256),
            "rows": .integer(source.rows), "left_out": .integer(leftOut),
          ]
        }),
      "choice": search?.json ?? .null, "schema": .string(schema), "split": .string(splitName),
      "rows": .object(
        parts.map {
          .init($0.name, ["normal": .integer($0.normal), "anomalous": .integer($0.anomaly)])
        }),
      "labels": labels?.json ?? .null,
      "training": [
        "interrupted": .bool(outcome.isInterrupted), "epoch": .integer(outcome.epoch),
        "epochs": .integer(detector.epochs), "steps": .integer(outcome.steps),
        "seconds": .number(outcome.seconds), "multiply_adds": .integer(outcome.work.multiplyAdds),
        "multiply_adds_per_second": .number(rate),
      ],
      "model": [
        "bytes": .integer(info.modelBytes), "parameters": .integer(info.parameterCount),
        "element_types": .array(info.elementTypes.map { .string($0) }),
        "scratch_bytes": .integer(info.scratchBytes),
        "calibration_rows": .integer(info.calibrationRows),
        "smallest_budget": .float(info.smallestBudget),
        "feature_hash": .string(info.featureHash),
      ],
      "log": log?.json ?? .null,
      "test": evaluation.figures.map { .object($0.members) } ?? .null,
      "budgets": .array(evaluation.budgets(Evaluation.usualBudgets).map(\.json)),
    ]
  }
}
