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
      Measure.Column("mse", "MSE reconstruction", decimals: 2),
      Measure.Column("mse_normal", "of that, normal rows", decimals: 2),
    ]
    let base = Measure.trainingQuantile
    var experiment = Experiment(
      name: "kdd99", title: "19,456 rows of each class, threshold at the 99 % quantile",
      source: .kdd99Varying,
      measure: Measure(parts: base.parts, columns: base.columns + sums, evaluate: base.evaluate),
      contestants: [
        Contestant("pca", title: "PCA, 8 components", reported: ["mse": 981.74]),
        Contestant(
          "ae", title: "AE 116-29-116", settings: network([], epochs: 32),
          reported: decided.merging(["mse": 680.99]) { $1 }),
        Contestant(
          "deep-ae", title: "AE 116-58-29-58-116", detector: "ae",
          settings: network([58], epochs: 32),
          reported: decided.merging(["mse": 360.76]) { $1 }),
        Contestant(
          "vae", title: "VAE 116-58-29-58-116", settings: network([58], epochs: 50),
          reported: decided.merging(["mse": 863.42]) { $1 }),
      ], seeds: options.seeds(10)
    ) { data, seed in RowSplit(balancedTest: try data.records(), seed: seed) }
    experiment.encodesFromAllRows = true
    return ProtocolRun(
      name: "P5", title: "PCA, autoencoders and a VAE on KDD99",
      note:
        "Yu 2022. Numbers are scaled by the minimum and maximum of all rows, tested ones too, as "
        + "there. Normal rows train: the document does not say it, but only then do eight components "
        + "explain 0.92 of the variance. Its \"MSE reconstruction\" is the sum, over the 38,912 test "
        + "rows, of a row's mean squared error: PCA tells it, which no training moves."
        + " The VAE's reconstruction error weighs 3,000 times its divergence, and it may stop "
        + "before the document's 50 epochs.", options,
      experiments: [experiment])
  }
}
