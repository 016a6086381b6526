import PicketMetrics

/// What a contestant reached over the seeds of an experiment, beside what is known of it.
package struct ContestantSummary: Sendable {
  /// One figure over the seeds.
  package struct Figure: Sendable {
    /// Its key and title.
    package let column: Measure.Column
    /// The mean over the seeds.
    package let mean: Double
    /// With divisor n - 1, an estimate for other seeds; not a number for a single seed.
    package let deviation: Double
    /// The middle value.
    package let median: Double
    /// What the document reports.
    package let reported: Reported?
    /// What `--check` asks for.
    package let goal: Double?
    /// The mean of the reference implementation on the same seeds, if it has all of them.
    package let reference: Double?

    /// Whether ours and the document's are more than two deviations apart.
    ///
    /// The deviations of both add as squares; with one seed there is nothing to compare with.
    package var differs: Bool {
      guard let reported, deviation.isFinite else { return false }
      let other = reported.deviation ?? 0
      // A figure of two digits is not known better than to half of its last one.
      let beyondRounding = abs(mean - reported.value) - reported.rounding
      return beyondRounding > 2 * (deviation * deviation + other * other).squareRoot()
    }
  }

  /// Who.
  package let contestant: Contestant
  /// The finished cells, by seed.
  package let cells: [Cell]
  /// The figures that the cells have, in the order of the columns.
  package let figures: [Figure]

  /// Summarises the cells of one contestant; nil when there are none.
  package init?(_ contestant: Contestant, _ experiment: Experiment, _ cells: [Cell]) {
    let own = cells.filter {
      $0.name.experiment == experiment.name && $0.name.contestant == contestant.name
    }
    guard !own.isEmpty else { return nil }
    self.contestant = contestant
    self.cells = own
    let known = experiment.reference[contestant.name] ?? [:]
    figures = experiment.measure.columns.compactMap { column in
      guard let summary = Summary(own.compactMap { $0.figures[column.key] }) else { return nil }
      let n = Double(summary.count)
      let compared = own.compactMap { known[$0.name.seed]?[column.key] }
      return Figure(
        column: column, mean: summary.mean,
        deviation: summary.deviation * (n / (n - 1)).squareRoot(), median: summary.median,
        reported: contestant.reported[column.key],
        goal: experiment.goals[contestant.name]?[column.key],
        // Means of other seeds would compare different things.
        reference: compared.count == own.count ? Summary(compared)?.mean : nil)
    }
  }

  /// The mean of a figure; nil when no cell has it.
  package func mean(_ key: String) -> Double? {
    figures.first { $0.column.key == key }?.mean
  }

  /// The mean of a fact over the cells.
  package func mean(_ fact: (CellFacts) -> Double) -> Double {
    cells.reduce(0) { $0 + fact($1.facts) } / Double(cells.count)
  }

  /// The goals that the means do not reach.
  func misses(_ experiment: Experiment) -> [String] {
    figures.compactMap { figure in
      guard let goal = figure.goal, figure.mean < goal else { return nil }
      return "\(experiment.name), \(contestant.name): mean \(figure.column.title) \(figure.mean), "
        + "goal \(goal)"
    }
  }
}
