import PicketData
import PicketText

/// Scores that another program computed.
///
/// They stand in a CSV file with a header, of which the columns `line` (or `row`) and `score` are
/// read. Rows are counted from 1, those too that cannot be read, as `picket score` and the C example do.
enum ScoreFile {
  /// Reads one score for each record of a table; scores of rows that were left out of it are passed over.
  static func read(_ path: String, of table: Table) throws -> [Float] {
    let bytes = try SourceFile(path: path).contents
    let lines = bytes.dropFirst(ByteOrderMark.length(in: bytes)).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let rows = table.rowNumbers
    let last = table.rowCount + table.skipped.count
    // For each row of the file, its place among those that were read.
    var places = [Int?](repeating: nil, count: last)
    for (place, row) in rows.enumerated() { places[row - 1] = place }
    var scores = [Float](repeating: .nan, count: rows.count)
    var columns: (row: Int, score: Int)?
    for (number, ended) in lines.enumerated() {
      let line = ended.last == UInt8(ascii: "\r") ? ended.dropLast() : ended
      if line.isEmpty { continue }
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
        (1...last).contains(row), let score = Float(cells[columns.score]), score.isFinite
      else { throw fault("a record's number from 1 to \(last) and its score") }
      guard let place = places[row - 1] else { continue }
      guard scores[place].isNaN else { throw fault("each record once; \(row) is there twice") }
      scores[place] = score
    }
    if let missing = scores.firstIndex(where: \.isNaN) {
      throw Failure(
        "\(path): found no score for record \(rows[missing]); expected one for each of the "
          + "\(rows.count) records")
    }
    return scores
  }

  /// The largest |given - own| / |own|, and the number of its row.
  static func largestDifference(
    _ given: [Float], _ own: [Float], rows: [Int]
  ) -> (value: Double, row: Int) {
    var largest = (value: 0.0, row: rows.first ?? 1)
    for (row, (given, own)) in zip(rows, zip(given, own)) where given != own {
      let difference = abs(Double(given) - Double(own)) / abs(Double(own))
      if difference > largest.value { largest = (difference, row) }
    }
    return largest
  }
}
