import PicketMetrics

/// Mean, deviation and median of each figure over the seeds.
struct P1Summary {
  /// One figure over the seeds.
  struct Figure {
    let name: String
    let key: String
    let mean: Double
    /// With divisor n - 1, an estimate for other seeds; not a number for a single seed.
    let deviation: Double
    let median: Double
    let goal: Double?
    let reported: Double?
    let reference: Double?
  }

  let experiment: P1Experiment
  let cells: [P1Cell]
  let figures: [Figure]

  /// Summarises the cells of one experiment; nil when there are none.
  init?(_ experiment: P1Experiment, _ cells: [P1Cell], _ reference: P1Reference) {
    guard !cells.isEmpty else { return nil }
    self.experiment = experiment
    self.cells = cells
    let known = cells.compactMap { reference[experiment, $0.seed] }
    // Means of other seeds would compare different things.
    let compared = known.count == cells.count ? known : []
    let (goal, reported) = (experiment.goal, experiment.reported)
    let read: [(String, String, (P1Figures) -> Double?)] = [
      ("AUC-PR", "auc_pr", { $0.aucPR }), ("best F1", "best_f1", { $0.bestF1 }),
      ("AUC-ROC", "auc_roc", { $0.aucROC }), ("accuracy", "accuracy", { $0.accuracy }),
    ]
    figures = read.compactMap { name, key, value in
      guard let summary = Summary(cells.compactMap { value($0.figures) }) else { return nil }
      let n = Double(summary.count)
      return Figure(
        name: name, key: key, mean: summary.mean,
        deviation: summary.deviation * (n / (n - 1)).squareRoot(), median: summary.median,
        goal: value(goal), reported: value(reported),
        reference: Summary(compared.compactMap(value))?.mean)
    }
  }

  /// The goals that the means do not reach.
  var misses: [String] {
    figures.compactMap { figure in
      guard let goal = figure.goal, figure.mean < goal else { return nil }
      return "\(experiment.rawValue): mean \(figure.name) \(figure.mean), goal \(goal)"
    }
  }
}
