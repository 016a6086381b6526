import PicketData

/// One of the three experiments of protocol P1: a data set, and which anomalies may be learned.
enum P1Experiment: String, CaseIterable, Codable, Sendable {
  case nslKDDOpen = "nsl-kdd-open"
  case nslKDDAll = "nsl-kdd-all"
  case kdd99Open = "kdd99-open"

  /// The data set's name, as split files and reference results have it.
  var data: String { self == .kdd99Open ? "kdd99" : "nsl-kdd" }

  /// Which anomalies may be learned.
  var anomalies: ProtocolP1.Anomalies { self == .nslKDDAll ? .all : .open }

  /// What people read.
  var title: String {
    switch self {
    case .nslKDDOpen: "NSL-KDD, P1-open (some attack labels never train)"
    case .nslKDDAll: "NSL-KDD, P1-all (all attack labels train)"
    case .kdd99Open: "KDD99 10 %, P1-open (some attack labels never train)"
    }
  }

  /// The data file in the folder of data sets.
  var file: String {
    self == .kdd99Open ? "kdd99/kddcup.data_10_percent.gz" : "nsl-kdd/KDDTrain+.txt.gz"
  }

  /// What the columns of the file are.
  var schema: Schema { self == .kdd99Open ? .kdd99 : .nslKDD }

  /// The means that `--check` asks for.
  var goal: P1Figures {
    switch self {
    case .nslKDDOpen: P1Figures(aucPR: 0.964, bestF1: 0.928, aucROC: 0.985)
    case .nslKDDAll: P1Figures(aucPR: 0.985, bestF1: 0.975, aucROC: 0.990)
    case .kdd99Open: P1Figures(aucPR: 0.979, bestF1: 0.980, aucROC: 0.993)
    }
  }

  /// What the publication reports on the data set; it does not say which labels were held out.
  var reported: P1Figures {
    self == .kdd99Open
      ? P1Figures(aucPR: 0.992, bestF1: 0.973, aucROC: 0.997, accuracy: 0.988)
      : P1Figures(aucPR: 0.979, bestF1: 0.952, aucROC: 0.988, accuracy: 0.983)
  }
}

/// The figures of protocol P1.
struct P1Figures: Codable, Equatable, Sendable {
  var aucPR: Double
  var bestF1: Double
  var aucROC: Double
  /// The accuracy at the threshold of the best F1; nil where nobody measured it.
  var accuracy: Double?
}
