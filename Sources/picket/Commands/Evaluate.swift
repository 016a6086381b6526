import ArgumentParser
import PicketData
import PicketExport
import PicketReport

/// `picket eval`: how good a model is on labelled records.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Judge a model by the labels of a file.",
    discussion: """
      Prints threshold-free figures, what false-alarm budgets cost and find, and how many records \
      of each label raise an alarm at one budget. The 95 % intervals are exact (Clopper and \
      Pearson). AUC-PR depends on the share of anomalies: compare it on the same file only. The \
      columns of a file with a header are found by their names, in any order.

      With --scores the figures are those of scores that another program computed, such as a C \
      program that is linked with the library, and the largest relative difference from the scores \
      computed here is told. The file is CSV with the columns 'line' or 'row' (the record's number \
      in the file, from 1) and 'score', one line for each record; scores of rows that --skip-bad-rows \
      leaves out are passed over.

      EXAMPLES:
        picket eval run KDDTest+.txt.gz --budget 0.01
        picket eval run KDDTest+.txt.gz --scores c.csv --tolerance 1e-6
      """)

  @Argument(help: ArgumentHelp("A model file, or the folder of a training.", valueName: "model"))
  var model: ModelPath

  @Argument(help: ArgumentHelp("Labelled records: a CSV file.", valueName: "data"))
  var data: String

  @OptionGroup var budgetOption: BudgetOption

  @Option(help: ArgumentHelp("Judge these scores instead of computing them.", valueName: "file"))
  var scores: String?

  @Option(
    help: ArgumentHelp(
      "Exit with 1 if a score of --scores differs by more than this, relatively.", valueName: "x"))
  var tolerance: Double?

  @OptionGroup var schemaOption: SchemaOption
  @OptionGroup var badRows: BadRowsOption
  @OptionGroup var format: FormatOption

  func validate() throws {
    guard let tolerance else { return }
    guard scores != nil else { throw ValidationError("--tolerance is for --scores") }
    guard tolerance >= 0 else {
      throw ValidationError("--tolerance \(tolerance): expected a number of 0 or more")
    }
  }

  func run() throws {
    let loaded = try model.load()
    let table = try schemaOption.read(
      toScore: data, by: loaded, at: model, needsLabel: true, badRows)
    tellIfLearned(table, by: loaded)
    DoubtfulLabels.tell(table)
    let (budget, _) = try budgetOption.resolve(loaded)
    let own = try loaded.score(records: loaded.records(from: table)).map(\.score)
    let given = try scores.map { try ScoreFile.read($0, of: table) }
    let evaluation = Evaluation(
      loaded, scores: given ?? own, isAnomaly: table.isNormal.map { !$0 })
    let result = try EvaluationReport(
      evaluation, table, budget: budget,
      difference: given.map { ScoreFile.largestDifference($0, own, rows: table.rowNumbers) })
    try StandardOutput.print(format.isJSON ? result.json.pretty + "\n" : result.text)
    if let missing = evaluation.missing(of: Evaluation.usualBudgets) { StandardError.note(missing) }
    if let tolerance, let difference = result.difference, !(difference.value <= tolerance) {
      throw Failure(
        "row \(difference.row) of \(scores ?? ""): the score differs by \(difference.value), "
          + "relatively; the tolerance is \(tolerance); was it computed with this very model?")
    }
  }

  /// Warns of figures that flatter.
  private func tellIfLearned(_ table: Table, by loaded: LoadedModel) {
    guard loaded.info.provenance.contains(table.source.sha256) else { return }
    StandardError.note(
      "the model was trained on rows of \(data): figures on them flatter; those of the training's "
        + "report are of rows that it did not see")
  }
}
