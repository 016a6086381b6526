import PicketReport

/// The tables of protocol P1.
struct P1Report {
  let summaries: [P1Summary]
  let reference: P1Reference
  /// Where the rows came from.
  let splits: String
  let jobs: Int
  let epochs: Int
  let elementType: String

  private var note: String {
    "AnoEAN, \(epochs) epochs at most; rows: \(splits); scores are those of the exported \(elementType) file. "
      + "Deviations have divisor n - 1. Seconds are of training alone, with \(jobs) at a time. "
      + "The publication does not say whether attack labels were held out."
  }

  /// For people at a terminal.
  var text: String {
    var text = note + "\n"
    for summary in summaries {
      text += "\n\(summary.experiment.title)\n"
      text += seeds(summary).text(indent: 2)
    }
    return text + "\nSummary\n" + overview.text(indent: 2)
  }

  /// For the README.
  var markdown: String {
    var text = overview.markdown + "\n" + note + "\n"
    for summary in summaries {
      text += "\n**\(summary.experiment.title)**\n\n" + seeds(summary).markdown
    }
    return text
  }

  /// One row a figure and experiment.
  private var overview: TextTable {
    var table = TextTable([
      .left("experiment"), .left("figure"), .right("mean"), .right("deviation"), .right("median"),
      .right("goal"), .right("reference mean"), .right("publication"),
    ])
    for (index, summary) in summaries.enumerated() {
      if index > 0 { table.appendRule() }
      for figure in summary.figures {
        table.append([
          summary.experiment.rawValue, figure.name, NumberText.fixed(figure.mean, 4),
          NumberText.fixed(figure.deviation, 4), NumberText.fixed(figure.median, 4),
          figure.goal.map { NumberText.fixed($0, 3) } ?? "",
          figure.reference.map { NumberText.fixed($0, 4) } ?? "",
          figure.reported.map { NumberText.fixed($0, 3) } ?? "",
        ])
      }
    }
    return table
  }

  /// One row a seed, the reference's figures beside ours.
  private func seeds(_ summary: P1Summary) -> TextTable {
    var table = TextTable([
      .right("seed"), .right("AUC-PR"), .right("ref."), .right("best F1"), .right("ref."),
      .right("AUC-ROC"), .right("ref."), .right("accuracy"), .right("epoch"), .right("seconds"),
    ])
    for cell in summary.cells {
      let known = reference[summary.experiment, cell.seed]
      func beside(_ value: Double?) -> String { value.map { NumberText.fixed($0, 4) } ?? "" }
      table.append([
        "\(cell.seed)", NumberText.fixed(cell.figures.aucPR, 4), beside(known?.aucPR),
        NumberText.fixed(cell.figures.bestF1, 4), beside(known?.bestF1),
        NumberText.fixed(cell.figures.aucROC, 4), beside(known?.aucROC),
        beside(cell.figures.accuracy), "\(cell.epoch)", NumberText.fixed(cell.seconds, 2),
      ])
    }
    return table
  }

  /// For programs.
  var json: JSON {
    [
      "protocol": "P1", "splits": .string(splits), "jobs": .integer(jobs),
      "epochs": .integer(epochs), "experiments": .array(summaries.map(json)),
    ]
  }

  private func json(_ summary: P1Summary) -> JSON {
    [
      "experiment": .string(summary.experiment.rawValue),
      "seeds": .array(summary.cells.map { json($0) }),
      "figures": .object(
        summary.figures.map { figure in
          .init(
            figure.key,
            [
              "mean": .number(figure.mean), "deviation": .number(figure.deviation),
              "median": .number(figure.median),
              "goal": figure.goal.map { .number($0) } ?? .null,
              "reference_mean": figure.reference.map { .number($0) } ?? .null,
              "publication": figure.reported.map { .number($0) } ?? .null,
            ])
        }),
      "goals_missed": .array(summary.misses.map { .string($0) }),
    ]
  }

  private func json(_ cell: P1Cell) -> JSON {
    [
      "seed": .verbatim(String(cell.seed)), "auc_pr": .number(cell.figures.aucPR),
      "best_f1": .number(cell.figures.bestF1), "auc_roc": .number(cell.figures.aucROC),
      "accuracy": cell.figures.accuracy.map { .number($0) } ?? .null,
      "epoch": .integer(cell.epoch), "seconds": .number(cell.seconds),
      "multiply_adds_per_second": .number(Double(cell.multiplyAdds) / max(cell.seconds, 1e-9)),
      "train_rows": .integer(cell.trainRows), "test_rows": .integer(cell.testRows),
      "model_bytes": .integer(cell.modelBytes),
    ]
  }
}
