import PicketReport

/// The finished cells of one protocol, as tables for people and JSON for programs.
package struct ProtocolResult: Sendable {
  /// Which protocol.
  package let run: ProtocolRun
  /// The finished cells.
  package let cells: [Cell]
  /// The contestants that no detector answers for, as `experiment/contestant`.
  package let notBuilt: [String]
  /// How the run was made: rows, jobs, cells of other programs.
  package let remarks: [String]

  /// Gathers a result.
  package init(run: ProtocolRun, cells: [Cell], notBuilt: [String], remarks: [String]) {
    self.run = run
    self.cells = cells
    self.notBuilt = notBuilt
    self.remarks = remarks
  }

  /// The contestants of an experiment that have cells.
  package func summaries(_ experiment: Experiment) -> [ContestantSummary] {
    experiment.contestants.compactMap { ContestantSummary($0, experiment, cells) }
  }

  /// The goals that means do not reach.
  package var misses: [String] {
    run.experiments.flatMap { experiment in
      summaries(experiment).flatMap { $0.misses(experiment) }
    }
  }

  /// Whether a document gives figures of what has cells.
  private var isCompared: Bool {
    run.experiments.contains { summaries($0).contains { !$0.contestant.reported.isEmpty } }
  }

  /// What is said above every table.
  package var paragraphs: [String] {
    [run.note]
      + [
        "Figures are mean ± deviation over the seeds (divisor n - 1)"
          + (isCompared ? ", the document's below ours. " : ". ")
          + "Bytes are what scoring keeps; microseconds a record are of scoring alone, measured "
          + "while other trainings ran."
      ] + remarks
      + (notBuilt.isEmpty ? [] : ["Not built: " + notBuilt.joined(separator: ", ") + "."])
  }

  /// For people at a terminal.
  package var text: String {
    var text = "\(run.name). \(run.title)\n" + paragraphs.map { $0 + "\n" }.joined()
    if let goalTable { text += "\nGoals\n" + goalTable.text(indent: 2) }
    for experiment in run.experiments {
      guard let table = table(experiment) else { continue }
      text += "\n\(experiment.title)\n" + table.text(indent: 2)
      if let seeds = seedTable(experiment) { text += "\n" + seeds.text(indent: 2) }
      text += differences(experiment).map { "  \($0)\n" }.joined()
    }
    return text
  }

  /// For documentation.
  package var markdown: String {
    var text = "# \(run.name). \(run.title)\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
    if let goalTable { text += "\n**Goals**\n\n" + goalTable.markdown }
    for experiment in run.experiments {
      guard let table = table(experiment) else { continue }
      text += "\n**\(experiment.title)**\n\n" + table.markdown
      if let seeds = seedTable(experiment) { text += "\n" + seeds.markdown }
      text += differences(experiment).map { "\n- \($0)\n" }.joined()
    }
    return text
  }

  /// One row a contestant, and one more for what the document reports; nil without cells.
  package func table(_ experiment: Experiment) -> TextTable? {
    let summaries = summaries(experiment)
    guard !summaries.isEmpty else { return nil }
    var table = TextTable(
      [.left("experiment"), .left("detector"), .left("")]
        + experiment.measure.columns.map { .right($0.title) }
        + [.right("seeds"), .right("bytes"), .right("us/record"), .right("train s")])
    for summary in summaries {
      table.append(
        [experiment.name, summary.contestant.title, "ours"]
          + experiment.measure.columns.map { column in
            summary.figures.first { $0.column == column }.map(Self.text) ?? ""
          } + [
            "\(summary.cells.count)",
            NumberText.grouped(Int(summary.mean { Double($0.modelBytes ?? $0.scoringBytes) })),
            NumberText.significant(summary.mean { $0.microseconds }, 3),
            NumberText.significant(summary.mean { $0.seconds }, 3),
          ])
      guard !summary.contestant.reported.isEmpty else { continue }
      table.append(
        [experiment.name, summary.contestant.title, "reported"]
          + experiment.measure.columns.map { column in
            summary.contestant.reported[column.key].map { Self.text($0, column) } ?? ""
          })
    }
    return table
  }

  /// One row a seed, the reference's figures beside ours; nil where they are not shown.
  package func seedTable(_ experiment: Experiment) -> TextTable? {
    guard experiment.showsSeeds else { return nil }
    let columns = experiment.measure.columns
    var table = TextTable(
      [.left("detector"), .right("seed")]
        + columns.flatMap { column -> [TextTable.Column] in
          isReferred(column, experiment)
            ? [.right(column.title), .right("ref.")] : [.right(column.title)]
        } + [.right("epochs"), .right("seconds")])
    for summary in summaries(experiment) {
      let known = experiment.reference[summary.contestant.name] ?? [:]
      for cell in summary.cells {
        table.append(
          [summary.contestant.title, "\(cell.name.seed)"]
            + columns.flatMap { column -> [String] in
              func text(_ value: Double?) -> String {
                value.map { NumberText.fixed($0, column.decimals) } ?? ""
              }
              let own = text(cell.figures[column.key])
              guard isReferred(column, experiment) else { return [own] }
              return [own, text(known[cell.name.seed]?[column.key])]
            } + ["\(cell.facts.epochs)", NumberText.fixed(cell.facts.seconds, 2)])
      }
    }
    return table
  }

  /// A sentence for each figure that differs from the document's by more than two deviations.
  package func differences(_ experiment: Experiment) -> [String] {
    summaries(experiment).flatMap { summary in
      summary.figures.filter(\.differs).map { figure in
        let reason =
          DifferenceNotes.reason(
            run.name, experiment.name, summary.contestant.name, figure.column.key)
          ?? "Why is not known."
        let reported = figure.reported.map { Self.text($0, figure.column) } ?? ""
        return "\(summary.contestant.title), \(figure.column.title): ours \(Self.text(figure)), "
          + "reported \(reported). \(reason)"
      }
    }
  }

  private func isReferred(_ column: Measure.Column, _ experiment: Experiment) -> Bool {
    experiment.reference.values.contains { $0.values.contains { $0[column.key] != nil } }
  }

  private static func text(_ figure: ContestantSummary.Figure) -> String {
    let mean = NumberText.fixed(figure.mean, figure.column.decimals)
    guard figure.deviation.isFinite else { return mean }
    return mean + " ± " + NumberText.fixed(figure.deviation, figure.column.decimals)
  }

  private static func text(_ reported: Reported, _ column: Measure.Column) -> String {
    let value = NumberText.significant(reported.value, 5)
    return reported.deviation.map { value + " ± " + NumberText.significant($0, 3) } ?? value
  }
}
