import CPicket

/// The score of a record.
extension Model {
  /// Scores records that stand one after the other, until one is refused.
  ///
  /// - Parameters:
  ///   - records: One float for each field of each record.
  ///   - stride: Floats from one record to the next.
  ///   - memory: `scratchBytes` bytes of any alignment.
  ///   - results: Receive a result for each record scored.
  ///   - scored: Receives how many were.
  /// - Returns: `PICKET_OK`, or why the next record is refused: as `score`.
  @inline(__always)
  public func score(
    _ records: UnsafePointer<Float>, stride: Int, count: Int,
    scratch memory: UnsafeMutableRawPointer,
    into results: UnsafeMutablePointer<picket_result>, scored: inout Int
  ) -> Int {
    scored = 0
    while scored < count {
      let status = score(records + scored &* stride, scratch: memory, into: &results[scored])
      guard status == PICKET_OK else { return status }
      scored &+= 1
    }
    return PICKET_OK
  }

  /// Scores one record, by lists of its inputs.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - memory: `scratchBytes` bytes of any alignment.
  ///   - result: Receives the result on success; untouched otherwise.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE`, `PICKET_E_CATEGORY` or `PICKET_E_OVERFLOW`.
  @inline(never)
  public func score(
    _ record: UnsafePointer<Float>, scratch memory: UnsafeMutableRawPointer,
    into result: inout picket_result
  ) -> Int {
    var flags: UInt32 = 0
    let scratch = Scratch(memory, for: self)
    var list = scratch.list
    // What is to be reconstructed is first written to its places, by the numbers of the inputs.
    let rowBytes = decoderCount == 0 ? layer(0).listedRowBytes : 1
    let status = encode(
      record, rowBytes: rowBytes, into: &list, spare: scratch.activations, &flags)
    guard status == PICKET_OK else { return status }
    list.close()
    let value = decoderCount == 0 ? encoding(&list, scratch) : reconstruction(&list, scratch)
    guard isFinite(value) else { return PICKET_E_OVERFLOW }
    result = judged(value, flags)
    return PICKET_OK
  }

  /// The score of a network without a decoder.
  private func encoding(_ list: inout NonZeroList, _ scratch: Scratch) -> Float {
    run(from: 0, to: encoderCount.int, &list, scratch)
    return score(ofEncoding: scratch.activations)
  }

  /// The score that the encoder's outputs stand for: the one output itself, or the Mahalanobis
  /// distance ‖(E(x) - μ) L‖ with L Lᵀ = Σ⁻¹, where the file's last layer already is the whitened
  /// one (paper 001, equation 3).
  @inline(__always)
  func score(ofEncoding outputs: UnsafeMutableRawPointer) -> Float {
    score == PICKET_SCORE_OUTPUT
      ? UnsafeRawPointer(outputs).float(0)
      : squaredLength(outputs, count: latentCount.int).squareRoot()
  }

  /// α × mean squared reconstruction error at the latent mean + β × KL divergence.
  private func reconstruction(_ list: inout NonZeroList, _ scratch: Scratch) -> Float {
    scratch.inputs.clear(count: inputCount.int)
    list.scatter(to: scratch.inputs.assumingMemoryBound(to: Float.self))
    list.scaleRows(by: layer(0).listedRowBytes)
    run(from: 0, to: encoderCount.int, &list, scratch)
    let both = score == PICKET_SCORE_RECONSTRUCTION_KL
    let divergence = both ? gaussianDivergence(scratch.activations, latent: latentCount.int) : 0
    list.gather(
      scratch.activations.assumingMemoryBound(to: Float.self), length: latentCount.int,
      rowBytes: layer(encoderCount.int).listedRowBytes)
    run(from: encoderCount.int, to: layerCount, &list, scratch)
    let error = squaredDistance(scratch.inputs, scratch.activations, count: inputCount.int)
    let mean = error / Float(inputCount.int)
    return reconstructionWeight * mean + divergenceWeight * divergence
  }
}
