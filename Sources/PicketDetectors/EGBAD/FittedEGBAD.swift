import Foundation
import PicketNN
import PicketNumbers

/// A trained bidirectional GAN.
struct FittedEGBAD: FittedDetector {
  private let encoder: FrozenNetwork
  private let generator: FrozenNetwork
  private let features: FrozenNetwork
  private let head: FrozenNetwork
  private let alpha: Double
  let history: [TrainingProgress]

  init(
    _ pair: PairNetworks, _ settings: AdversarialSettings, alpha: Double,
    history: [TrainingProgress]
  ) {
    encoder = FrozenNetwork(pair.encoder, settings.encoder())
    generator = FrozenNetwork(
      pair.generator, settings.generator(outputs: pair.generator.outputs))
    features = FrozenNetwork(
      pair.critic.features, AdversarialSettings.hidden(settings.discriminatorHidden))
    head = FrozenNetwork(pair.critic.head, [.init(outputs: 1, activation: .linear)])
    self.alpha = alpha
    self.history = history
  }

  var scoringBytes: Int { encoder.bytes + generator.bytes + features.bytes + head.bytes }

  func scores(_ rows: SparseRows) -> [Double] {
    let size = 512
    let (encoder, generator) = (
      encoder.thawed(maximumRows: size), generator.thawed(maximumRows: size)
    )
    let (features, head) = (features.thawed(maximumRows: size), head.thawed(maximumRows: size))
    let codes = Matrix(rows: size, columns: encoder.outputs)
    let outputs = Matrix(rows: size, columns: generator.outputs)
    let pairs = JoinedRows(rows: size, left: generator.outputs, right: encoder.outputs)
    let values = Matrix(rows: size, columns: features.outputs)
    let logits = Matrix(rows: size, columns: 1)
    return rows.scored(by: size) { batch, target in
      let range = 0..<batch.count
      let (code, output) = (codes.view.rows(range), outputs.view.rows(range))
      encoder.forward(.sparse(batch), into: code)
      generator.forward(.dense(code), into: output)
      pairs.setLeft(target, from: 0)
      pairs.setRight(code, from: 0)
      features.forward(.dense(pairs.view(batch.count)), into: values.view.rows(range))
      head.forward(.dense(values.view.rows(range)), into: logits.view.rows(range))
      return range.map { row in
        let error = Distance.absolute(output.rows(row..<row + 1), target.rows(row..<row + 1))
        return alpha * error + (1 - alpha) * Self.surprise(Double(logits.view[row, 0]))
      }
    }
  }

  /// -log sigmoid(x), without overflow.
  private static func surprise(_ x: Double) -> Double { max(-x, 0) + log1p(exp(-abs(x))) }
}
