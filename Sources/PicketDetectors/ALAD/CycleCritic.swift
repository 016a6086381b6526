import PicketNN
import PicketNumbers

/// A discriminator that tells (a, a) from (a, b), where b is what became of a on the way round.
final class CycleCritic {
  let critic: Critic
  /// (a, a) of the batch, then (a, b).
  private let pairs: JoinedRows
  private let gradients: JoinedRows

  /// - Parameters:
  ///   - width: The length of a and of b.
  ///   - layers: Those of a discriminator of both.
  init(
    width: Int, _ layers: CriticLayers, rows: Int, using generator: inout SeededGenerator
  ) {
    critic = Critic(layers, maximumRows: 2 * rows)
    critic.initialize(using: &generator)
    pairs = JoinedRows(rows: 2 * rows, left: width, right: width)
    gradients = JoinedRows(rows: 2 * rows, left: width, right: width)
  }

  /// The discriminator's loss, with its gradient in the discriminator.
  func discriminate(_ a: MatrixView, _ b: MatrixView) -> Double {
    let count = a.rows
    pairs.setLeft(a, from: 0)
    pairs.setRight(a, from: 0)
    pairs.setLeft(a, from: count)
    pairs.setRight(b, from: count)
    critic.judge(pairs.view(2 * count))
    let loss = critic.loss(0..<count, target: 1) + critic.loss(count..<2 * count, target: 0)
    critic.backward(pairs.view(2 * count), parameters: true)
    return loss
  }

  /// How well (a, b) passes for (a, a), with the gradient of b.
  func deceive(_ a: MatrixView, _ b: MatrixView, gradient: MatrixView) -> Double {
    let count = a.rows
    pairs.setLeft(a, from: 0)
    pairs.setRight(b, from: 0)
    critic.judge(pairs.view(count))
    let loss = critic.loss(0..<count, target: 1)
    critic.backward(pairs.view(count), inputGradient: gradients.view(count), parameters: false)
    gradients.getRight(gradient, from: 0)
    return loss
  }
}
