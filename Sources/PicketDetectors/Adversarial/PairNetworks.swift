import PicketNN
import PicketNumbers

/// Encoder, generator and a discriminator of pairs (x, z): the networks of a bidirectional GAN.
///
/// ```
/// discriminator       min over D      -log D(x, E(x)) - log(1 - D(G(z), z))
/// encoder, generator  min over E, G   -log(1 - D(x, E(x))) - log D(G(z), z)
/// ```
///
/// The second line is the form whose gradient does not vanish. With an optimal discriminator E and G
/// invert each other ("Adversarial Feature Learning", Donahue and others, 2017, theorem 2).
final class PairNetworks {
  let encoder: Perceptron
  let generator: Perceptron
  let critic: Critic
  /// [x | E(x)] of the batch, then [G(z) | z].
  let pairs: JoinedRows
  private let pairGradients: JoinedRows
  let codes: Matrix
  let drawn: Matrix
  let made: Matrix
  let targets: Matrix
  let codeGradients: Matrix
  let madeGradients: Matrix

  /// - Parameters:
  ///   - layers: Those of encoder and generator.
  ///   - judge: Those of the discriminator.
  init(
    _ layers: AdversarialLayers, judge: CriticLayers, batchSize size: Int,
    using random: inout SeededGenerator
  ) {
    let (inputs, latent) = (layers.inputs, layers.latent)
    encoder = Perceptron(inputs: inputs, layers: layers.encoder, maximumRows: size)
    generator = Perceptron(inputs: latent, layers: layers.generator, maximumRows: size)
    encoder.initialize(.xavier, using: &random)
    generator.initialize(.xavier, using: &random)
    critic = Critic(judge, maximumRows: 2 * size)
    critic.initialize(using: &random)
    pairs = JoinedRows(rows: 2 * size, left: inputs, right: latent)
    pairGradients = JoinedRows(rows: 2 * size, left: inputs, right: latent)
    codes = Matrix(rows: size, columns: latent)
    drawn = Matrix(rows: size, columns: latent)
    made = Matrix(rows: size, columns: inputs)
    targets = Matrix(rows: size, columns: inputs)
    codeGradients = Matrix(rows: size, columns: latent)
    madeGradients = Matrix(rows: size, columns: inputs)
  }

  /// Encodes a batch, makes as many records from noise, and joins both kinds of pairs.
  func join(_ batch: SparseBatch, noise: inout SeededGenerator) {
    let range = 0..<batch.count
    batch.scatter(into: targets.view.rows(range))
    encoder.forward(.sparse(batch), into: codes.view.rows(range))
    noise.fillNormal(drawn.view.rows(range))
    generator.forward(.dense(drawn.view.rows(range)), into: made.view.rows(range))
    pairs.setLeft(targets.view.rows(range), from: 0)
    pairs.setRight(codes.view.rows(range), from: 0)
    pairs.setLeft(made.view.rows(range), from: batch.count)
    pairs.setRight(drawn.view.rows(range), from: batch.count)
  }

  /// The discriminator's loss, with its gradient in the discriminator.
  func discriminate(_ size: Int) -> Double {
    critic.judge(pairs.view(2 * size))
    let loss = critic.loss(0..<size, target: 1) + critic.loss(size..<2 * size, target: 0)
    critic.backward(pairs.view(2 * size), parameters: true)
    return loss
  }

  /// The loss of encoder and generator, with the gradients of codes and of made records.
  func deceive(_ size: Int) -> Double {
    critic.judge(pairs.view(2 * size))
    let loss = critic.loss(0..<size, target: 0) + critic.loss(size..<2 * size, target: 1)
    critic.backward(
      pairs.view(2 * size), inputGradient: pairGradients.view(2 * size), parameters: false)
    pairGradients.getRight(codeGradients.view.rows(0..<size), from: 0)
    pairGradients.getLeft(madeGradients.view.rows(0..<size), from: size)
    return loss
  }
}
