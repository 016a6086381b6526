import PicketData

extension ProtocolRun {
  /// P4: VAE, k nearest neighbours and SVM on the official test of NSL-KDD.
  static func p4(_ options: RunOptions) -> ProtocolRun {
    let trained = DetectorSettings {
      $0.learningRate = 0.005
      $0.epochs = 70
      $0.patience = 3
    }
    let reported: [String: Reported] = ["accuracy": 0.8108, "recall": 0.7289, "precision": 0.8267]
    let vae = experiment(
      "kddtest", "VAE on KDDTest+, threshold at the 99 % quantile of the training",
      .trainingQuantile,
      [
        Contestant("vae", title: "VAE, dense", settings: trained, reported: reported),
        Contestant("vae-conv", title: "VAE, convolutional", settings: trained, reported: reported),
      ], options.seeds(10), learnsAttacks: false)
    let neighbours = experiment(
      "kddtest-knn", "3 nearest neighbours on KDDTest+: two of three decide", .fixedThreshold(0.5),
      [
        Contestant(
          "knn", title: "KNN", reported: ["accuracy": 0.782, "recall": 0.803, "precision": 0.812])
      ], options.seeds(3), learnsAttacks: true)
    let machine = experiment(
      "kddtest-svm", "SVM on KDDTest+, decided by the sign", .fixedThreshold(0),
      [
        Contestant(
          "svm", title: "SVM", reported: ["accuracy": 0.985, "recall": 0.798, "precision": 0.862])
      ], options.seeds(3), learnsAttacks: true)
    return ProtocolRun(
      name: "P4", title: "VAE, KNN and SVM on NSL-KDD",
      note:
        "\"Network Traffic Anomaly Detection with Variational Autoencoder\", section 5. The SVM's "
        + "confusion matrix there is of the training rows. Its rate sweep (figure 4) is of a "
        + "validation set of unknown rows; ours is of KDDTest+."
        + " The VAE's reconstruction error weighs 3,000 times its divergence, and is its score "
        + "alone; the document's weigh the same, and both are in its score.", options,
      experiments: [vae, neighbours, machine] + rates(options, trained))
  }

  /// Figure 4's rates with the accuracy that the document reports.
  private static let rateSteps: [(rate: Float, name: String, accuracy: Double)] = [
    (1e-5, "1e-5", 0.477), (5e-5, "5e-5", 0.709), (1e-4, "1e-4", 0.729), (5e-4, "5e-4", 0.759),
    (1e-3, "1e-3", 0.756), (5e-3, "5e-3", 0.805), (1e-2, "1e-2", 0.795), (5e-2, "5e-2", 0.759),
  ]

  private static func rates(_ options: RunOptions, _ trained: DetectorSettings) -> [Experiment] {
    rateSteps.map { step in
      var settings = trained
      settings.learningRate = step.rate
      return experiment(
        "rate-\(step.name)", "Figure 4: learning rate \(step.name)", .trainingQuantile,
        [
          Contestant(
            "vae", title: "VAE, dense", settings: settings,
            reported: ["accuracy": Reported(step.accuracy)])
        ], options.seeds(3), learnsAttacks: false)
    }
  }

  private static func experiment(
    _ name: String, _ title: String, _ measure: Measure, _ contestants: [Contestant],
    _ seeds: [UInt64], learnsAttacks: Bool
  ) -> Experiment {
    Experiment(
      name: name, title: title, source: .nslKDD, measure: measure, contestants: contestants,
      seeds: seeds
    ) { data, seed in
      RowSplit(
        officialTest: try data.records(), anomalies: { learnsAttacks ? $0 : 0 }, seed: seed)
    }
  }
}
