import Foundation
import PicketText

/// Scores that another program computed.
///
/// They stand in a CSV file with a header, of which the columns `line` (or `row`) and `score` are
/// read. Rows are counted from 1, as `picket score` and the C example do.
enum ScoreFile {
  /// Reads one score for each of `count` records.
  static func read(_ path: String, count: Int) throws(Failure) -> [Float] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("cannot read \(path): is it there, and may you read it?")
    }
    var scores = [Float](repeating: .nan, count: count)
    var columns: (row: Int, score: Int)?
    for (number, line) in data.split(whereSeparator: { $0 == 10 || $0 == 13 }).enumerated() {
      let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      func fault(_ expected: String) -> Failure {
        let text = String(decoding: line, as: UTF8.self).shown(atMost: 80)
        return Failure("\(path):\(number + 1): found '\(text)'; expected \(expected)")
      }
      guard let columns else {
        guard let row = cells.firstIndex(where: { $0 == "line" || $0 == "row" }),
          let score = cells.firstIndex(of: "score")
        else { throw fault("a header with the columns 'line' or 'row', and 'score'") }
        columns = (row, score)
        continue
      }
      guard cells.count > max(columns.row, columns.score), let row = Int(cells[columns.row]),
        (1...count).contains(row), let score = Float(cells[columns.score]), score.isFinite
      else { throw fault("a record's number from 1 to \(count) and its score") }
      guard scores[row - 1].isNaN else { throw fault("each record once; \(row) is there twice") }
      scores[row - 1] = score
    }
    if let missing = scores.firstIndex(where: \.isNaN) {
      throw Failure(
        "\(path): found no score for record \(missing + 1); expected one for each of the "
          + "\(count) records")
    }
    return scores
  }

  /// The largest |given - own| / |own|, and the row it is at, counted from 1.
  static func largestDifference(_ given: [Float], _ own: [Float]) -> (value: Double, row: Int) {
    var largest = (value: 0.0, row: 1)
    for (row, (given, own)) in zip(given, own).enumerated() where given != own {
      let difference = abs(Double(given) - Double(own)) / abs(Double(own))
      if difference > largest.value { largest = (difference, row + 1) }
    }
    return largest
  }
}
