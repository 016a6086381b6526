import ArgumentParser
import PicketData
import PicketExport
import PicketReport

/// `picket score`: a score for each record.
struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Score the records of a file.",
    discussion: """
      Writes CSV with a header: row (its number in the file from 1, the header not counted; rows \
      that --skip-bad-rows leaves out keep theirs), score, p_value, flags, verdict. Flags are words joined by '+': unknown (a category that the training never \
      saw), range (a number outside the training's range), beyond (a score above every calibration \
      score, so the p-value is the smallest that can be told). The verdict is 'alarm' or 'ok'.

      The names in a file's header say which columns are the model's fields, in any order; a label \
      and other columns may be there or not. A file without a header holds the columns of the schema \
      in order, or with --raw the model's fields, read as picket_record_parse reads them: a line with \
      an empty or unknown name is a record.

      Scores are computed by the code that the C library is made of.

      EXAMPLES:
        picket score run KDDTest+.txt.gz --budget 0.001 > scores.csv
        picket score model.picket lines.csv --raw --json
      """)

  @Argument(help: ArgumentHelp("A model file, or the folder of a training.", valueName: "model"))
  var model: ModelPath

  @Argument(help: ArgumentHelp("The records: a CSV file.", valueName: "data"))
  var data: String

  @OptionGroup var budgetOption: BudgetOption
  @OptionGroup var schemaOption: SchemaOption

  @Flag(
    help: "Lines hold the model's fields in order, no header; what follows them is passed over.")
  var raw = false

  @OptionGroup var badRows: BadRowsOption
  @OptionGroup var format: FormatOption

  func validate() throws {
    if raw, schemaOption.schema != nil {
      throw ValidationError("--raw and --schema exclude each other")
    }
  }

  func run() throws {
    let loaded = try model.load()
    let (budget, threshold) = try budgetOption.resolve(loaded)
    let (records, rows) = try read(loaded)
    let scored = try loaded.score(records: records)
    var output = StandardOutput()
    if format.isJSON {
      try write(scored, rows, budget, threshold, &output)
    } else {
      try output.write("row,score,p_value,flags,verdict\n")
      for (row, record) in zip(rows, scored) {
        let verdict = record.score >= threshold ? "alarm" : "ok"
        let flags = Flags.names(record.flags).joined(separator: "+")
        try output.write("\(row),\(record.score),\(record.pValue),\(flags),\(verdict)\n")
      }
    }
    try output.flush()
    let alarms = scored.count { $0.score >= threshold }
    StandardError.note(
      "\(NumberText.count(alarms, "alarm")) in \(NumberText.count(scored.count, "record")) at a "
        + "budget of \(NumberText.significant(budget)) (score >= \(threshold))")
  }

  /// The records, one after the other, and the number of each one's row in the file.
  private func read(_ loaded: LoadedModel) throws -> (records: [Float], rows: [Int]) {
    if raw {
      let (records, lines) = try RawLines.records(in: data, model: loaded, badRows)
      return (records, lines)
    }
    let table = try schemaOption.read(
      toScore: data, by: loaded, at: model, needsLabel: false, badRows)
    return (try loaded.records(from: table), table.rowNumbers)
  }

  /// One object, a record a line.
  private func write(
    _ scored: [ScoredRecord], _ rows: [Int], _ budget: Double, _ threshold: Float,
    _ output: inout StandardOutput
  ) throws {
    let head: JSON = ["budget": .number(budget), "threshold": .float(threshold)]
    try output.write(head.compact.dropLast() + ", \"records\": [\n")
    for (index, record) in scored.enumerated() {
      let json: JSON = [
        "row": .integer(rows[index]), "score": .float(record.score),
        "p_value": .float(record.pValue),
        "flags": .array(Flags.names(record.flags).map { .string($0) }),
        "alarm": .bool(record.score >= threshold),
      ]
      try output.write(json.compact + (index + 1 < scored.count ? ",\n" : "\n"))
    }
    try output.write("]}\n")
  }
}
