import PicketData

extension ProtocolRun {
  /// P5: PCA and three networks on KDD99, after Yu 2022.
  static func p5(_ options: RunOptions) -> ProtocolRun {
    let decided: [String: Reported] = [
      "normal_precision": 0.99, "normal_recall": 0.98, "normal_f1": 0.99, "precision": 0.98,
      "recall": 0.99, "f1": 0.99, "accuracy": 0.99,
    ]
    func network(_ hidden: [Int], epochs: Int) -> DetectorSettings {
      DetectorSettings {
        $0.hidden = hidden
        $0.latentSize = 29
        $0.epochs = epochs
        $0.batchSize = 256
      }
    }
    let sums = [
      Measure.Column("sum_test_normal", "squares, test normal", decimals: 1),
      Measure.Column("sum_test_attack", "squares, test attack", decimals: 1),
      Measure.Column("sum_train", "squares, training", decimals: 1),
    ]
    let base = Measure.trainingQuantile
    let experiment = Experiment(
      name: "kdd99", title: "19,456 rows of each class, threshold at the 99 % quantile",
      source: .kdd99Varying,
      measure: Measure(parts: base.parts, columns: base.columns + sums, evaluate: base.evaluate),
      contestants: [
        Contestant("pca", title: "PCA, 8 components", reported: ["sum_test_normal": 981.74]),
        Contestant(
          "ae", title: "AE 116-29-116", settings: network([], epochs: 32),
          reported: decided.merging(["sum_test_normal": 680.99]) { $1 }),
        Contestant(
          "deep-ae", title: "AE 116-58-29-58-116", detector: "ae",
          settings: network([58], epochs: 32),
          reported: decided.merging(["sum_test_normal": 360.76]) { $1 }),
        Contestant(
          "vae", title: "VAE 116-58-29-58-116", settings: network([58], epochs: 50),
          reported: decided.merging(["sum_test_normal": 863.42]) { $1 }),
      ], seeds: options.seeds(10)
    ) { data, seed in RowSplit(balancedTest: try data.records(), seed: seed) }
    return ProtocolRun(
      name: "P5", title: "PCA, autoencoders and a VAE on KDD99",
      note: "Yu 2022. Normal rows train; the document does not say it. The unit of its \"MSE "
        + "reconstruction\" is not stated; three sums of squared errors over all inputs and rows "
        + "are given here, its figure beside the first.", options, experiments: [experiment])
  }
}
