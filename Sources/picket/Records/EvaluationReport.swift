import PicketData
import PicketExport
import PicketReport

/// What `picket eval` has to say.
struct EvaluationReport {
  private let figures: DetectionFigures?
  private let records: Int
  private let chosen: BudgetFigures
  private let budgets: [BudgetFigures]
  private let labels: LabelFigures
  /// How far given scores are from the model's own, and where; nil when none were given.
  let difference: (value: Double, row: Int)?

  init(
    _ evaluation: Evaluation, _ table: Table, budget: Double,
    difference: (value: Double, row: Int)?
  ) throws(ExportError) {
    figures = evaluation.figures
    records = table.rowCount
    chosen = try evaluation.budget(budget)
    let usual = Evaluation.usualBudgets
    budgets = evaluation.budgets(
      usual.contains(budget) ? usual : (usual + [budget]).sorted(by: >))
    labels = LabelFigures(table, evaluation.scores, threshold: chosen.threshold)
    self.difference = difference
  }

  /// For people.
  var text: String {
    var text =
      figures?.table.text()
      ?? "all records are of one class: there are no figures that compare classes\n"
    text += "\n" + BudgetFigures.table(budgets).text()
    text += "\nBy label, at a budget of \(NumberText.significant(chosen.budget))\n"
    text += labels.table.text()
    if let difference {
      text +=
        "\nLargest relative difference from the scores computed here: "
        + "\(NumberText.significant(difference.value, 3)), at row \(difference.row)\n"
    }
    return text
  }

  /// For programs: what scripts look for stands at the top, a key a line.
  var json: JSON {
    var members: [JSON.Member] = [.init("records", .integer(records))]
    members +=
      figures?.members
      ?? [
        .init("normal", .integer(chosen.normals.records)),
        .init("anomalies", .integer(chosen.anomalies.records)),
      ]
    members += [
      .init("budget", .number(chosen.budget)), .init("threshold", .float(chosen.threshold)),
      .init("alarms", .integer(chosen.normals.alarms + chosen.anomalies.alarms)),
      .init("alarms_on_normal", .integer(chosen.normals.alarms)),
      .init("alarms_on_anomalies", .integer(chosen.anomalies.alarms)),
    ]
    if let difference {
      members.append(.init("largest_relative_difference", .number(difference.value)))
    }
    members += [.init("budgets", .array(budgets.map(\.json))), .init("labels", labels.json)]
    return .object(members)
  }
}
