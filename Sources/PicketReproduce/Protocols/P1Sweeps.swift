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

  /// Figure 8a: fewer and fewer anomalies to learn from, on NSL-KDD.
  static func shares(_ options: RunOptions) -> [Experiment] {
    shareSteps.map { step in
      Experiment(
        name: "share-\(step.name)",
        title: "Figure 8a: \(step.name) % training anomalies, NSL-KDD open",
        source: .nslKDDTrain, measure: .detection,
        contestants: [Contestant("anoean", title: "AnoEAN"), Contestant("svm", title: "SVM")],
        seeds: options.seeds(5)
      ) { data, seed in
        var settings = ProtocolP1(.open, seed: seed)
        settings.anomalyShare = step.share
        return RowSplit(try data.records().tables[0], settings)
      }
    }
  }

  /// Figure 8b: the latent size, on NSL-KDD.
  static func latentSizes(_ options: RunOptions) -> [Experiment] {
    sizes.map { size in
      let settings = DetectorSettings { $0.latentSize = size }
      return Experiment(
        name: "latent-\(size)", title: "Figure 8b: latent size \(size), NSL-KDD open",
        source: .nslKDDTrain, measure: .detection,
        contestants: [("anoean", "AnoEAN"), ("egbad", "EGBAD"), ("alad", "ALAD")].map {
          Contestant($0.0, title: $0.1, settings: settings)
        }, seeds: options.seeds(3)
      ) { data, seed in
        RowSplit(try data.records().tables[0], ProtocolP1(.open, seed: seed))
      }
    }
  }
  /// What the hidden activations of normal rows may weigh: the more, the fewer are left to multiply by.
  static func penalties(_ options: RunOptions) -> [Experiment] {
    penalties.map { penalty in
      let settings = DetectorSettings { $0.activityPenalty = penalty }
      return Experiment(
        name: "penalty-\(penalty)", title: "Activity penalty \(penalty), NSL-KDD open",
        source: .nslKDDTrain, measure: .detection,
        contestants: [Contestant("anoean", title: "AnoEAN", settings: settings)],
        seeds: options.seeds(10)
      ) { data, seed in
        RowSplit(try data.records().tables[0], ProtocolP1(.open, seed: seed))
      }
    }
  }
}
