/// What leaves the trainer: the layers that scoring needs, and how their output becomes a score.
///
/// A larger score is more anomalous, for every kind. Neither the discriminator of an AnoEAN nor
/// the variance of a VAE that is scored without it is kept.
public struct ScoringNetwork: Sendable, Codable, Equatable {
  /// Which detector was trained.
  public enum Kind: String, Sendable, Codable {
    /// Encoding adversarial network.
    case anoEAN
    /// Variational autoencoder, whatever the weights of its two losses.
    case vae
    /// A small network that was taught the score of something larger.
    case distilled
  }

  /// How the network's output becomes one number.
  public enum Score: Sendable, Codable, Equatable {
    /// sqrt((z - mean)^T covariance^-1 (z - mean)), z the encoder's output (AnoEAN, equation 3).
    ///
    /// `mean` has d numbers, `covariance` d * d, symmetric and positive definite.
    case mahalanobis(mean: [Double], covariance: [Double])
    /// The mean over inputs of (x - decoder(z))^2, z the encoder's output.
    case reconstruction
    /// alpha * reconstruction + beta * KL(N(mu, e^logvar) || N(0, I)), in nats.
    ///
    /// The encoder's output is [mu | logvar], 2 * d numbers; the decoder reads mu alone.
    case reconstructionAndKL(alpha: Double, beta: Double)
    /// The network's one output itself, after the last layer's activation (distilled).
    case output
  }

  /// Which detector this is.
  public let kind: Kind
  /// What its score means.
  public let score: Score
  /// d, the number of latent coordinates; 1 where the output is the score.
  public let latentSize: Int
  /// Layers from the inputs to z, or to [mu | logvar] when the score reads both.
  public let encoder: [ScoringLayer]
  /// Layers from z back to the inputs; empty when the score does not reconstruct.
  public let decoder: [ScoringLayer]

  /// Length of an input row.
  public var inputs: Int { encoder[0].inputs }

  /// Gathers layers that fit together.
  ///
  /// - Precondition: Each layer reads what the one before it writes, the encoder writes d numbers
  ///   (2 * d for `.reconstructionAndKL`), a decoder is there exactly when the score reconstructs,
  ///   and mean and covariance have d and d * d numbers.
  public init(
    kind: Kind, score: Score, latentSize: Int, encoder: [ScoringLayer],
    decoder: [ScoringLayer] = []
  ) {
    let fault = Self.fault(score, latentSize, encoder, decoder)
    precondition(fault == nil, fault ?? "")
    self.kind = kind
    self.score = score
    self.latentSize = latentSize
    self.encoder = encoder
    self.decoder = decoder
  }

  /// Gathers dense layers that fit together.
  public init(
    kind: Kind, score: Score, latentSize: Int, encoder: [DenseParameters],
    decoder: [DenseParameters] = []
  ) {
    self.init(
      kind: kind, score: score, latentSize: latentSize,
      encoder: encoder.map(ScoringLayer.dense), decoder: decoder.map(ScoringLayer.dense))
  }

  /// Gathers the dense layers of a distilled network, the last with one output: the score.
  public static func distilled(_ layers: [DenseParameters]) -> ScoringNetwork {
    ScoringNetwork(kind: .distilled, score: .output, latentSize: 1, encoder: layers)
  }
}
