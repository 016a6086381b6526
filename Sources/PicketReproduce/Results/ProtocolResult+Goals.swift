import PicketReport

extension ProtocolResult {
  /// One row a figure of each contestant that has goals, of the figures that are compared with
  /// something; nil where nobody has any.
  package var goalTable: TextTable? {
    var table = TextTable(
      [.left("experiment"), .left("figure")]
        + ["mean", "deviation", "median", "goal", "reference mean", "publication"].map {
          .right($0)
        })
    var isEmpty = true
    for experiment in run.experiments {
      for summary in summaries(experiment) where summary.figures.contains(where: { $0.goal != nil })
      {
        for figure in summary.figures where figure.goal != nil || figure.reported != nil {
          table.append([experiment.name] + goalRow(figure))
          isEmpty = false
        }
      }
    }
    return isEmpty ? nil : table
  }

  private func goalRow(_ figure: ContestantSummary.Figure) -> [String] {
    func text(_ value: Double?, _ decimals: Int) -> String {
      value.map { $0.isFinite ? NumberText.fixed($0, decimals) : "" } ?? ""
    }
    let decimals = figure.column.decimals
    return [
      figure.column.title, text(figure.mean, decimals), text(figure.deviation, decimals),
      text(figure.median, decimals), text(figure.goal, 3), text(figure.reference, decimals),
      text(figure.reported?.value, 3),
    ]
  }
}
