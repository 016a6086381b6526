import PicketReport

extension TrainingReport {
  /// The report as a page that needs nothing else.
  var html: String {
    let data = sources.map(\.file).joined(separator: ", ")
    var page = HTMLPage(title: "Picket: \(detector.name), trained on \(data)")
    page.section("model", "Model")
    page.table(heading)
    if let search {
      page.section("choice", "Choice")
      page.paragraph(search.reason)
      page.table(search.table)
    }
    page.section("rows", "Rows")
    page.table(rows)
    if let labels {
      page.heading("Labels")
      page.table(labels.table)
    }
    if let log {
      page.section("log", "Log")
      page.table(log.table)
    }
    page.section("test", "Held-out test")
    if let figures = evaluation.figures {
      page.table(figures.table)
    } else {
      page.paragraph(noFigures)
    }
    let budgets = evaluation.budgets(Evaluation.usualBudgets)
    if !budgets.isEmpty {
      page.heading("False-alarm budgets")
      page.table(BudgetFigures.table(budgets))
    }
    if let missing = evaluation.missing(of: Evaluation.usualBudgets) { page.paragraph(missing) }
    page.figure(evaluation.picture(budgets))
    return page.html
  }
}
