import Foundation
import PicketNN
import PicketNumbers

/// A trained bidirectional GAN.
struct FittedEGBAD: FittedDetector {
  private let encoder: FrozenNetwork
  private let generator: FrozenNetwork
  private let critic: FrozenCritic
  private let alpha: Double
  let history: [TrainingProgress]

  init(_ pair: PairNetworks, alpha: Double, history: [TrainingProgress]) {
    encoder = FrozenNetwork(pair.encoder)
    generator = FrozenNetwork(pair.generator)
    critic = FrozenCritic(pair.critic)
    self.alpha = alpha
    self.history = history
  }

  var scoringBytes: Int { encoder.bytes + generator.bytes + critic.bytes }

  func scores(_ rows: SparseRows) -> [Double] {
    let size = 512
    let (encoder, generator) = (
      encoder.thawed(maximumRows: size), generator.thawed(maximumRows: size)
    )
    let critic = critic.thawed(maximumRows: size)
    let codes = Matrix(rows: size, columns: encoder.outputs)
    let outputs = Matrix(rows: size, columns: generator.outputs)
    let pairs = JoinedRows(rows: size, left: generator.outputs, right: encoder.outputs)
    return rows.scored(by: size) { batch, target in
      let range = 0..<batch.count
      let (code, output) = (codes.view.rows(range), outputs.view.rows(range))
      encoder.forward(.sparse(batch), into: code)
      generator.forward(.dense(code), into: output)
      pairs.setLeft(target, from: 0)
      pairs.setRight(code, from: 0)
      critic.judge(pairs.view(batch.count))
      return range.map { row in
        let error = Distance.absolute(output.rows(row..<row + 1), target.rows(row..<row + 1))
        return alpha * error + (1 - alpha) * Self.surprise(Double(critic.logit(row)))
      }
    }
  }

  /// -log sigmoid(x), without overflow.
  private static func surprise(_ x: Double) -> Double { max(-x, 0) + log1p(exp(-abs(x))) }
}
