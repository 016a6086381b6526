import PicketData
import PicketNumbers

extension ProtocolRun {
  /// P1: six detectors on NSL-KDD and KDD99, after tables 1 and 2 and figure 8 of the publication.
  static func p1(_ options: RunOptions) -> ProtocolRun {
    let tables = P1Table.allCases.map { $0.experiment(options) }
    return ProtocolRun(
      name: "P1", title: "AnoEAN on NSL-KDD and KDD99",
      note: "Gherbi et al. 2019, section 4. Open: some attack labels never occur in training; "
        + "all: all do. The publication does not say which it did. Accuracy is at the threshold "
        + "of the best F1."
        + " Other than there, AnoEAN learns at 5e-4, falling to 0, not at 1e-3; AnoGAN searches "
        + "for 100 steps; EGBAD scores by 0.9 of the reconstruction error and 0.1 of the "
        + "cross-entropy, not by the discriminator's features, and its discriminator takes record "
        + "and code together from its first layer on; neither ALAD's nor EGBAD's discriminators "
        + "have dropout or batch normalisation.",
      options,
      experiments: tables
        + [P1Sweeps.shares(options), P1Sweeps.latentSizes(options), P1Sweeps.penalties(options)]
        .flatMap { $0 })
  }
}

/// The three experiments with the publication's tables.
enum P1Table: String, CaseIterable {
  case nslKDDOpen = "nsl-kdd-open"
  case nslKDDAll = "nsl-kdd-all"
  case kdd99Open = "kdd99-open"

  private var data: String { self == .kdd99Open ? "kdd99" : "nsl-kdd" }
  private var anomalies: ProtocolP1.Anomalies { self == .nslKDDAll ? .all : .open }

  private var title: String {
    switch self {
    case .nslKDDOpen: "NSL-KDD, P1-open (some attack labels never train)"
    case .nslKDDAll: "NSL-KDD, P1-all (all attack labels train)"
    case .kdd99Open: "KDD99 10 %, P1-open (some attack labels never train)"
    }
  }

  /// The means of AnoEAN that `--check` asks for.
  private var goals: [String: Double] {
    switch self {
    case .nslKDDOpen: ["auc_pr": 0.964, "best_f1": 0.928, "auc_roc": 0.985]
    case .nslKDDAll: ["auc_pr": 0.985, "best_f1": 0.975, "auc_roc": 0.990]
    case .kdd99Open: ["auc_pr": 0.979, "best_f1": 0.980, "auc_roc": 0.993]
    }
  }

  func experiment(_ options: RunOptions) -> Experiment {
    let anomalies = anomalies
    var experiment = Experiment(
      name: rawValue, title: title, source: self == .kdd99Open ? .kdd99 : .nslKDDTrain,
      measure: .detection, contestants: contestants, seeds: options.seeds(10)
    ) { data, seed in
      RowSplit(try data.records().tables[0], ProtocolP1(anomalies, seed: seed))
    }
    experiment.splitFile = splitFile(options)
    experiment.goals = ["anoean": goals]
    experiment.reference = options.reference[rawValue].map { ["anoean": $0] } ?? [:]
    experiment.showsSeeds = true
    return experiment
  }

  /// The given files of rows; none where rows are drawn.
  func splitFile(_ options: RunOptions) -> @Sendable (UInt64) -> String? {
    guard let folder = options.splitsFolder else { return { _ in nil } }
    let prefix = "\(folder)/\(data)_\(anomalies.rawValue)_"
    return { "\(prefix)\($0).txt.gz" }
  }

  /// Tables 1 and 2: AUC, F1, ROC, accuracy, each with its deviation, in percent.
  private var contestants: [Contestant] {
    let rows: [(String, String, [Double])] =
      self == .kdd99Open
      ? [
        ("anoean", "AnoEAN", [99.2, 0.08, 97.3, 0.32, 99.7, 0.09, 98.8, 0.14]),
        ("alad", "ALAD", [95.6, 1.51, 96.8, 0.72, 99.1, 0.37, 98.7, 0.28]),
        ("egbad", "EGBAD", [95.1, 3.67, 96.4, 3.02, 98.9, 0.88, 98.5, 1.39]),
        ("anogan", "AnoGAN", [82.7, 2.72, 85.9, 1.97, 85.8, 0.79, 88.1, 1.71]),
        ("ocsvm", "OCSVM", [86.6, 3.86, 84.4, 5.36, 95, 2.02, 92.5, 3.21]),
        ("svm", "SVM", [98.7, 0, 98.5, 0, 98.6, 0, 99.3, 0]),
      ]
      : [
        ("anoean", "AnoEAN", [97.9, 0.26, 95.2, 0.63, 98.8, 0.28, 98.3, 0.25]),
        ("alad", "ALAD", [95.2, 0.77, 90.2, 0.81, 98.0, 0.39, 96.1, 0.28]),
        ("egbad", "EGBAD", [95.1, 0.74, 89.6, 1.5, 97.9, 0.31, 95.9, 0.51]),
        ("anogan", "AnoGAN", [81.3, 0.92, 80.1, 1.4, 83.9, 0.89, 86.2, 0.78]),
        ("ocsvm", "OCSVM", [81.1, 4.52, 78.5, 4.98, 91.1, 2.24, 88.3, 7.48]),
        ("svm", "SVM", [94.8, 0.5, 93.9, 0.8, 95.6, 1.49, 97.4, 0.24]),
      ]
    let distilled = Contestant("distilled", title: "Distilled")
    return rows.map { name, title, figures in
      let keys = ["auc_pr", "best_f1", "auc_roc", "accuracy"]
      let reported = keys.indices.map {
        (keys[$0], Reported(figures[2 * $0] / 100, figures[2 * $0 + 1] / 100))
      }
      return Contestant(
        name, title: title, reported: Dictionary(uniqueKeysWithValues: reported),
        seedLimit: ["anoean", "svm", "ocsvm"].contains(name) ? nil : 3)
    } + [distilled]
  }
}
