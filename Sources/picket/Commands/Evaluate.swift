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
      Pearson). AUC-PR depends on the share of anomalies: compare it on the same file only.

      EXAMPLE:
        picket eval run KDDTest+.txt.gz --budget 0.01
      """)

  @Argument(help: ArgumentHelp("A model file, or the folder of a training.", valueName: "model"))
  var model: ModelPath

  @Argument(help: ArgumentHelp("Labelled records: a CSV file.", valueName: "data"))
  var data: String

  @OptionGroup var budgetOption: BudgetOption
  @OptionGroup var schemaOption: SchemaOption
  @OptionGroup var badRows: BadRowsOption
  @OptionGroup var format: FormatOption

  func run() throws {
    let loaded = try model.load()
    let table = try schemaOption.read(toScore: data, model: model, badRows)
    guard table.labels != nil else {
      throw Failure(
        "the schema '\(table.schema.name)' has no label column; expected one to judge by; "
          + "'picket score' needs none")
    }
    let (budget, threshold) = try budgetOption.resolve(loaded)
    let scored = try loaded.score(records: loaded.records(from: table))
    let evaluation = Evaluation(
      loaded, scores: scored.map(\.score), isAnomaly: table.isNormal.map { !$0 })
    let labels = LabelFigures(table, scored, threshold: threshold)
    var budgets = Evaluation.usualBudgets
    if !budgets.contains(budget) { budgets = (budgets + [budget]).sorted(by: >) }
    try StandardOutput.print(
      format.isJSON
        ? json(evaluation, budgets, budget, labels).pretty + "\n"
        : text(evaluation, budgets, budget, labels))
    if let missing = evaluation.missing(of: budgets) { StandardError.note(missing) }
  }

  private func text(
    _ evaluation: Evaluation, _ budgets: [Double], _ budget: Double, _ labels: LabelFigures
  ) -> String {
    var text =
      evaluation.figures?.table.text()
      ?? "all records are of one class: there are no figures that compare classes\n"
    text += "\n" + BudgetFigures.table(evaluation.budgets(budgets)).text()
    text += "\nBy label, at a budget of \(NumberText.significant(budget))\n"
    return text + labels.table.text()
  }

  private func json(
    _ evaluation: Evaluation, _ budgets: [Double], _ budget: Double, _ labels: LabelFigures
  ) -> JSON {
    [
      "figures": evaluation.figures?.json ?? .null,
      "budgets": .array(evaluation.budgets(budgets).map(\.json)),
      "labels": ["budget": .number(budget), "by_label": labels.json],
    ]
  }
}
