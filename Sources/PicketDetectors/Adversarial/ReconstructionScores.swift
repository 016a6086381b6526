import PicketNN
import PicketNumbers

/// Scores by the mean squared error of what an encoder and a decoder make of a record.
struct ReconstructionScores: FittedDetector {
  let encoder: FrozenNetwork
  let decoder: FrozenNetwork
  let history: [TrainingProgress]

  var scoringBytes: Int { encoder.bytes + decoder.bytes }

  func scores(_ rows: SparseRows) -> [Double] {
    let size = 512
    let (encoder, decoder) = (
      encoder.thawed(maximumRows: size), decoder.thawed(maximumRows: size)
    )
    let codes = Matrix(rows: size, columns: encoder.outputs)
    let outputs = Matrix(rows: size, columns: decoder.outputs)
    return rows.scored(by: size) { batch, target in
      let range = 0..<batch.count
      let (code, output) = (codes.view.rows(range), outputs.view.rows(range))
      encoder.forward(.sparse(batch), into: code)
      decoder.forward(.dense(code), into: output)
      return range.map { row in
        Distance.squared(output.rows(row..<row + 1), target.rows(row..<row + 1))
          / Double(output.columns)
      }
    }
  }
}

extension SparseRows {
  /// Scores batch by batch.
  ///
  /// - Parameters:
  ///   - size: The most rows of a batch.
  ///   - score: Gets a batch, sparse and with its zeros; gives a score a row.
  func scored(by size: Int, _ score: (SparseBatch, MatrixView) -> [Double]) -> [Double] {
    let dense = Matrix(rows: size, columns: columnCount)
    return withView { rows in
      var scores: [Double] = []
      scores.reserveCapacity(rows.count)
      for first in stride(from: 0, to: rows.count, by: size) {
        let batch = rows.batch(first..<Swift.min(first + size, rows.count))
        let target = dense.view.rows(0..<batch.count)
        batch.scatter(into: target)
        scores += score(batch, target)
      }
      return scores
    }
  }
}

/// How far apart two rows are.
enum Distance {
  /// The sum of squared differences.
  static func squared(_ a: MatrixView, _ b: MatrixView) -> Double {
    var sum = 0.0
    for index in 0..<a.count {
      let difference = Double(a.base[index] - b.base[index])
      sum += difference * difference
    }
    return sum
  }

  /// The sum of absolute differences.
  static func absolute(_ a: MatrixView, _ b: MatrixView) -> Double {
    var sum = 0.0
    for index in 0..<a.count { sum += Double(abs(a.base[index] - b.base[index])) }
    return sum
  }
}
