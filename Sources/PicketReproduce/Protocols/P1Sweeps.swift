import PicketData

/// The sweeps of the publication's figure 8, which gives curves and no figures, and one that it has not.
enum P1Sweeps {
  /// Training anomalies for each normal training row, and how an experiment is named for it.
  static let shareSteps: [(share: Double, name: String)] = [
    (0.1, "10"), (0.05, "5"), (0.02, "2"), (0.01, "1"), (0.005, "0.5"), (0.002, "0.2"),
  ]

  /// The latent sizes.
  static let sizes = [2, 4, 8, 16, 32]

  /// Weights of hidden activations in the encoder's loss.
  static let penalties: [Float] = [0, 0.01, 0.03, 0.1, 0.3]

  /// Figure 8a: fewer and fewer anomalies to learn from.
  static func shares(_ options: RunOptions) -> [Experiment] {
    shareSteps.map { step in
      experiment(
        "share-\(step.name)", "Figure 8a: \(step.name) % training anomalies",
        ["anoean": "AnoEAN", "svm": "SVM"], seeds: options.seeds(5)
      ) { $0.anomalyShare = step.share }
    }
  }

  /// Figure 8b: the latent size.
  static func latentSizes(_ options: RunOptions) -> [Experiment] {
    sizes.map { size in
      experiment(
        "latent-\(size)", "Figure 8b: latent size \(size)",
        ["anoean": "AnoEAN", "egbad": "EGBAD", "alad": "ALAD"],
        DetectorSettings { $0.latentSize = size }, seeds: options.seeds(3))
    }
  }

  /// What the hidden activations of normal rows may weigh: the more, the fewer are left to multiply by.
  static func penalties(_ options: RunOptions) -> [Experiment] {
    penalties.map { penalty in
      experiment(
        "penalty-\(penalty)", "Activity penalty \(penalty)", ["anoean": "AnoEAN"],
        DetectorSettings { $0.activityPenalty = penalty }, seeds: options.seeds(10))
    }
  }

  /// One step of a sweep: detection on NSL-KDD, open.
  private static func experiment(
    _ name: String, _ title: String, _ detectors: KeyValuePairs<String, String>,
    _ settings: DetectorSettings = DetectorSettings(), seeds: [UInt64],
    adjust: @escaping @Sendable (inout ProtocolP1) -> Void = { _ in }
  ) -> Experiment {
    Experiment(
      name: name, title: "\(title), NSL-KDD open", source: .nslKDDTrain, measure: .detection,
      contestants: detectors.map { Contestant($0.key, title: $0.value, settings: settings) },
      seeds: seeds
    ) { data, seed in
      var division = ProtocolP1(.open, seed: seed)
      adjust(&division)
      return RowSplit(try data.records().tables[0], division)
    }
  }
}
