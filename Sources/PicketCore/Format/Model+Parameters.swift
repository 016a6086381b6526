import CPicket

/// Checks 16 to 20: the section *model*.
extension Model {
  @_optimize(size)
  mutating func checkModelSection(_ section: Section) throws(FormatError) {
    let at = section.first
    try require(
      section.count == FormatLayout.modelBytes && bytes.isZero(at &+ 40, at &+ 64),
      16, PICKET_E_LAYOUT)

    let kind = bytes.word(at)
    let score = bytes.word(at &+ 4)
    try require(isScore(score, of: kind), 17, PICKET_E_UNSUPPORTED)

    try require(BuiltIn.scores(score), 17, PICKET_E_NOT_BUILT_IN)

    let encoder = bytes.word(at &+ 20)
    let decoder = bytes.word(at &+ 24)
    let most = Int(PICKET_MAX_LAYERS)
    try require(
      isWithin(bytes.word(at &+ 8), Int(PICKET_MAX_FIELDS))
        && isWithin(bytes.word(at &+ 12), Int(PICKET_MAX_INPUTS))
        && isWithin(bytes.word(at &+ 16), Int(PICKET_MAX_LATENT))
        && isWithin(encoder, most) && decoder >= 0 && decoder <= most &- encoder,
      18, PICKET_E_LIMIT)
    let gives = score == PICKET_SCORE_OUTPUT
    let encodes = gives || score == PICKET_SCORE_MAHALANOBIS
    try require((decoder == 0) == encodes, 19, PICKET_E_LAYERS)
    try require(!gives || bytes.word(at &+ 16) == 1, 19, PICKET_E_LAYERS)

    let alpha = bytes.float(at &+ 28)
    let beta = bytes.float(at &+ 32)
    let both = score == PICKET_SCORE_RECONSTRUCTION_KL
    let alphaFits = encodes ? alpha == 0 : (both ? alpha > 0 : alpha == 1)
    try require(
      isFinite(alpha) && isFinite(beta) && alphaFits && (both ? beta >= 0 : beta == 0)
        && bytes.word(at &+ 36) != 0, 20, PICKET_E_PARAMETERS)

    self.kind = UInt32(truncatingIfNeeded: kind)
    self.score = UInt32(truncatingIfNeeded: score)
    fieldCount = UInt32(truncatingIfNeeded: bytes.word(at &+ 8))
    inputCount = UInt32(truncatingIfNeeded: bytes.word(at &+ 12))
    latentCount = UInt32(truncatingIfNeeded: bytes.word(at &+ 16))
    encoderCount = UInt32(truncatingIfNeeded: encoder)
    decoderCount = UInt32(truncatingIfNeeded: decoder)
    reconstructionWeight = alpha
    divergenceWeight = beta
    calibrationRows = UInt32(truncatingIfNeeded: bytes.word(at &+ 36))
  }

  /// Whether models of a kind have a score.
  private func isScore(_ score: Int, of kind: Int) -> Bool {
    switch kind {
    case PICKET_ANOEAN: score == PICKET_SCORE_MAHALANOBIS
    case PICKET_VAE: score >= PICKET_SCORE_MAHALANOBIS && score <= PICKET_SCORE_RECONSTRUCTION_KL
    case PICKET_DISTILLED: score == PICKET_SCORE_OUTPUT
    default: false
    }
  }

  private func isWithin(_ n: Int, _ most: Int) -> Bool {
    n >= 1 && n <= most
  }
}
