import Foundation
import PicketText

/// What an independent implementation of AnoEAN gets on the given P1 splits, seed by seed.
package enum ReferenceFile {
  private static let header = "data,protocol,seed,auc_pr,best_f1,auc_roc"

  /// Reads a CSV file: figures by experiment and seed, none where there is no file.
  package static func read(
    path: String
  ) throws -> [String: [UInt64: [String: Double]]] {
    guard let data = FileManager.default.contents(atPath: path) else { return [:] }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.first == header[...] else {
      throw ReproduceError(
        "\(path):1: found '\((lines.first ?? "").shown(atMost: 80))'; expected '\(header)'; correct "
          + "the file or move it away")
    }
    var figures: [String: [UInt64: [String: Double]]] = [:]
    for (number, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 6, let seed = UInt64(cells[2]), let aucPR = Double(cells[3]),
        let bestF1 = Double(cells[4]), let aucROC = Double(cells[5])
      else {
        throw ReproduceError(
          "\(path):\(number + 1): found '\(line.shown(atMost: 80))'; expected two names and four "
            + "numbers; correct the file or move it away")
      }
      figures["\(cells[0])-\(cells[1])", default: [:]][seed] = [
        "auc_pr": aucPR, "best_f1": bestF1, "auc_roc": aucROC,
      ]
    }
    return figures
  }
}
