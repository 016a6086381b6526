/// How a protocol is to be run.
package struct RunOptions: Sendable {
  /// Whether rows, epochs and seeds are cut to what minutes allow.
  package var isQuick = false
  /// The seeds; nil for the protocol's own.
  package var seeds: [UInt64]?
  /// The most epochs; nil for the detectors' own.
  package var epochs: Int?
  /// The folder of given P1 splits; nil when rows are drawn.
  package var splitsFolder: String?

  /// What the reference implementation gets on those splits, by experiment and seed.
  package var reference: [String: [UInt64: [String: Double]]] = [:]

  /// A full run.
  package init() {}

  /// The seeds of an experiment that has `count`.
  func seeds(_ count: Int) -> [UInt64] {
    seeds ?? Array(0..<UInt64(isQuick ? 1 : count))
  }
}

/// One evaluation protocol.
package struct ProtocolRun: Sendable {
  /// `P1` to `P9`.
  package let name: String
  /// What a person reads.
  package let title: String
  /// What it is about, and the choices that the documents leave open.
  package let note: String
  /// Its experiments.
  package var experiments: [Experiment]

  /// Describes a protocol and cuts its experiments as the options say.
  init(
    name: String, title: String, note: String, _ options: RunOptions, experiments: [Experiment]
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.experiments = experiments.map { experiment in
      var experiment = experiment
      if options.isQuick { experiment.limits = .quick }
      experiment.contestants = experiment.contestants.map { contestant in
        var contestant = contestant
        let limits = [contestant.settings.epochLimit, options.epochs, options.isQuick ? 3 : nil]
        contestant.settings.epochLimit = limits.compactMap { $0 }.min()
        return contestant
      }
      return experiment
    }
  }

  /// Leaves the experiments and detectors that are named; a list that names neither kind leaves all
  /// of it.
  package mutating func keep(only names: [String]) {
    let wanted = Set(names)
    if experiments.contains(where: { wanted.contains($0.name) }) {
      experiments.removeAll { !wanted.contains($0.name) }
    }
    func isNamed(_ contestant: Contestant) -> Bool {
      wanted.contains(contestant.name) || wanted.contains(contestant.detector)
    }
    guard experiments.contains(where: { $0.contestants.contains(where: isNamed) }) else { return }
    for index in experiments.indices {
      experiments[index].contestants.removeAll { !isNamed($0) }
    }
    experiments.removeAll { $0.contestants.isEmpty }
  }

  /// Every name that `keep` takes.
  package var names: Set<String> {
    Set(experiments.flatMap { [$0.name] + $0.contestants.flatMap { [$0.name, $0.detector] } })
  }

  /// Every protocol, in order.
  package static func all(_ options: RunOptions) -> [ProtocolRun] {
    [
      p1(options), p2(options), p3(options), p4(options), p5(options), p6(options), p7(options),
      p8(options), p9(options),
    ]
  }
}
