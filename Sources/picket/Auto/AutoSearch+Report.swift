import PicketReport

extension AutoSearch {
  /// What was tried and why one was chosen, for people.
  var text: String { "Choice\n" + table.text(indent: 2) + "  " + reason + "\n" }

  /// What was tried.
  var table: TextTable {
    var table = TextTable([
      .left("tried"), .right("bytes"), .right("AUC-PR"), .right("TPR at 1 %"), .right("seconds"),
      .left(""),
    ])
    for trial in trials {
      table.append([
        trial.candidate.title, NumberText.grouped(trial.bytes),
        trial.averagePrecision.map { NumberText.fixed($0, 4) } ?? "-",
        trial.truePositiveRate.map { NumberText.fixed($0, 4) } ?? "-",
        NumberText.fixed(trial.seconds, 1), remark(trial),
      ])
    }
    return table
  }

  /// Why the chosen one was chosen.
  var reason: String {
    "Chosen: \(chosen.candidate.title). Judged by \(account), against normal records that the "
      + "trial did not see;\n  of the files within \(NumberText.grouped(maxBytes)) bytes whose AUC-PR "
      + "is within 0.002 of the best, the smallest. The trials took "
      + "\(NumberText.duration(seconds))."
  }

  private func remark(_ trial: AutoTrial) -> String {
    if let failure = trial.failure { return failure }
    if trial.bytes > maxBytes { return "too large" }
    return trial.candidate.title == chosen.candidate.title ? "chosen" : ""
  }

  /// The same for programs.
  var json: JSON {
    [
      "chosen": .string(chosen.candidate.title), "judged_by": .string(account),
      "max_bytes": .integer(maxBytes), "seconds": .number(seconds),
      "tried": .array(
        trials.map { trial in
          [
            "candidate": .string(trial.candidate.title), "bytes": .integer(trial.bytes),
            "auc_pr": trial.averagePrecision.map { .number($0) } ?? .null,
            "tpr_at_1_percent_fpr": trial.truePositiveRate.map { .number($0) } ?? .null,
            "seconds": .number(trial.seconds),
            "failure": trial.failure.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }
}
