extension ScoringNetwork {
  private enum CodingKeys: String, CodingKey {
    case kind, score, latentSize, encoder, decoder
  }

  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError` when the layers do not fit together, or the score does not fit them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(Kind.self, forKey: .kind)
    score = try container.decode(Score.self, forKey: .score)
    latentSize = try container.decode(Int.self, forKey: .latentSize)
    encoder = try container.decode([ScoringLayer].self, forKey: .encoder)
    self.decoder = try container.decode([ScoringLayer].self, forKey: .decoder)
    try decoder.refuse(Self.fault(score, latentSize, encoder, self.decoder))
  }

  /// What does not fit together; nil when everything does.
  static func fault(
    _ score: Score, _ latentSize: Int, _ encoder: [ScoringLayer], _ decoder: [ScoringLayer]
  ) -> String? {
    guard let first = encoder.first, let last = encoder.last else {
      return "an encoder without layers; at least one is expected"
    }
    if let fault = unlinked(encoder, "encoder") ?? unlinked(decoder, "decoder") { return fault }
    // Of a positive size that the layers bear out: products of it stay within an Int.
    guard (1...last.outputs).contains(latentSize) else {
      return "\(latentSize) latent coordinates of an encoder with \(last.outputs) outputs"
    }
    switch score {
    case .mahalanobis(let mean, let covariance):
      guard mean.count == latentSize, covariance.count == latentSize * latentSize else {
        return "\(mean.count) means and \(covariance.count) covariances of \(latentSize) latent "
          + "coordinates; a mean for each and a covariance for each pair are expected"
      }
      return codeFault(last, latentSize) ?? (decoder.isEmpty ? nil : "a decoder without a use")
    case .output:
      return codeFault(last, 1) ?? (decoder.isEmpty ? nil : "a decoder without a use")
    case .reconstruction:
      return codeFault(last, latentSize) ?? decoderFault(decoder, latentSize, first.inputs)
    case .reconstructionAndKL:
      return codeFault(last, 2 * latentSize) ?? decoderFault(decoder, latentSize, first.inputs)
    }
  }

  private static func codeFault(_ last: ScoringLayer, _ wanted: Int) -> String? {
    last.outputs == wanted
      ? nil : "\(last.outputs) outputs of the encoder; the score expects \(wanted)"
  }

  private static func decoderFault(
    _ decoder: [ScoringLayer], _ latentSize: Int, _ inputs: Int
  ) -> String? {
    guard let first = decoder.first, let last = decoder.last else {
      return "no decoder, which the score expects"
    }
    guard first.inputs == latentSize, last.outputs == inputs else {
      return "a decoder from \(first.inputs) to \(last.outputs) numbers; from \(latentSize) to "
        + "\(inputs) is expected"
    }
    return nil
  }

  /// The first layer that does not read what the one before it writes.
  private static func unlinked(_ layers: [ScoringLayer], _ name: String) -> String? {
    for (index, pair) in zip(layers, layers.dropFirst()).enumerated()
    where pair.0.outputs != pair.1.inputs {
      return
        "layer \(index + 2) of the \(name) has \(pair.1.inputs) inputs; the layer before it has "
        + "\(pair.0.outputs) outputs"
    }
    return nil
  }
}
