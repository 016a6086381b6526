import PicketReport

/// The kinds of plots that the pictures of the protocols are made of.
extension ProtocolResult {
  /// A line a contestant over experiments that differ in one number; nil without cells.
  func sweep(
    _ title: String, _ caption: String, x: Plot.Axis, figure: String, _ label: String,
    _ steps: [(experiment: String, x: Double)]
  ) -> Plot? {
    var order: [(name: String, title: String)] = []
    var points: [String: [(x: Double, y: Double)]] = [:]
    for step in steps {
      guard let experiment = run.experiments.first(where: { $0.name == step.experiment }) else {
        continue
      }
      for summary in summaries(experiment) {
        guard let mean = summary.mean(figure) else { continue }
        let contestant = summary.contestant
        if points[contestant.name] == nil { order.append((contestant.name, contestant.title)) }
        points[contestant.name, default: []].append((step.x, mean))
      }
    }
    let series = order.map { name, title in
      let own = (points[name] ?? []).sorted { $0.x < $1.x }
      return Plot.Series(title, x: own.map(\.x), y: own.map(\.y), style: .line)
    }
    guard !series.isEmpty else { return nil }
    return Plot(title: title, caption: caption, x: x, y: .init(label), series: series)
  }

  /// What the networks lose, epoch by epoch: figure 5 of the publication.
  func losses(experiment: String) -> [Plot] {
    let series = series(experiment, "anoean", behind: "loss: ", .line)
    guard !series.isEmpty else { return [] }
    return [
      Plot(
        title: "Losses of an AnoEAN",
        caption: "After figure 5 of Gherbi et al. 2019: \(experiment), first seed, mean of each "
          + "epoch.", x: .init("epoch"), y: .init("loss, nats"), series: series)
    ]
  }

  func errors(_ experiment: String, _ contestant: String, _ title: String) -> [Plot] {
    let series = series(experiment, contestant, behind: "errors: ", .steps)
    guard !series.isEmpty else { return [] }
    return [
      Plot(
        title: "\(title): scores of both classes", caption: "Test rows of the first seed.",
        x: .init("score", isLogarithmic: true), y: .init("share of the class in a bin"),
        series: series)
    ]
  }

  /// What the colours of a scatter of codes tell.
  enum Colouring: String, CaseIterable {
    case truth, decision, error
  }

  func scatter(
    _ experiment: String, _ contestant: String, _ title: String, by colouring: Colouring
  ) -> [Plot] {
    let series = series(
      experiment, contestant, behind: "latent, by \(colouring.rawValue): ", .points)
    guard !series.isEmpty else { return [] }
    return [
      Plot(
        title: "\(title): latent space, by \(colouring.rawValue)",
        caption: "The first two coordinates of the codes of 1,000 test rows, first seed.",
        x: .init("z1"), y: .init("z2"), series: series)
    ]
  }

  /// The cell of a contestant that kept what pictures need: the first seed's.
  private func drawnCell(_ experiment: String, _ contestant: String) -> Cell? {
    cells.first {
      $0.name.experiment == experiment && $0.name.contestant == contestant && !$0.series.isEmpty
    }
  }

  /// The series whose names begin so, named by the rest.
  private func series(
    _ experiment: String, _ contestant: String, behind prefix: String, _ style: Plot.Style
  ) -> [Plot.Series] {
    (drawnCell(experiment, contestant)?.series ?? []).filter { $0.name.hasPrefix(prefix) }.map {
      Plot.Series(String($0.name.dropFirst(prefix.count)), x: $0.x, y: $0.y, style: style)
    }
  }

  func series(
    _ experiment: String, _ contestant: String, _ name: String, named: String, _ style: Plot.Style
  ) -> Plot.Series? {
    drawnCell(experiment, contestant)?.series.first { $0.name == name }.map {
      Plot.Series(named, x: $0.x, y: $0.y, style: style)
    }
  }
}
