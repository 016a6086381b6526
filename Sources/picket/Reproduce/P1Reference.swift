import Foundation

/// What an independent implementation gets on the given splits, seed by seed.
struct P1Reference {
  private var figures: [String: P1Figures] = [:]

  /// Nothing is known.
  init() {}

  /// Reads a CSV file with the header `data,protocol,seed,auc_pr,best_f1,auc_roc`.
  init(path: String) throws(Failure) {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.first == "data,protocol,seed,auc_pr,best_f1,auc_roc" else {
      throw Failure(
        "\(path):1: found '\(lines.first ?? "")'; expected "
          + "'data,protocol,seed,auc_pr,best_f1,auc_roc'; correct the file or move it away")
    }
    for (number, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 6, let seed = UInt64(cells[2]), let aucPR = Double(cells[3]),
        let bestF1 = Double(cells[4]), let aucROC = Double(cells[5])
      else {
        throw Failure("\(path):\(number + 1): found '\(line)'; expected two names and four numbers")
      }
      figures["\(cells[0])-\(cells[1])-\(seed)"] = P1Figures(
        aucPR: aucPR, bestF1: bestF1, aucROC: aucROC)
    }
  }

  subscript(experiment: P1Experiment, seed: UInt64) -> P1Figures? {
    figures["\(experiment.data)-\(experiment.anomalies.rawValue)-\(seed)"]
  }
}
