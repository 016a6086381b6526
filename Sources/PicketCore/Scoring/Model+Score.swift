import CPicket

/// The score of a record.
extension Model {
  /// Scores one record.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - memory: `scratchBytes` bytes of any alignment.
  ///   - result: Receives the result on success; untouched otherwise.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE`, `PICKET_E_CATEGORY` or `PICKET_E_OVERFLOW`.
  public func score(
    _ record: UnsafePointer<Float>, scratch memory: UnsafeMutableRawPointer,
    into result: inout picket_result
  ) -> Int {
    var flags: UInt32 = 0
    let status = examine(record, &flags)
    guard status == PICKET_OK else { return status }
    let scratch = Scratch(memory, for: self)
    let value = decoderCount == 0 ? distance(record, scratch) : reconstruction(record, scratch)
    guard isFinite(value) else { return PICKET_E_OVERFLOW }
    if isBeyondTable(value) { flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_BEYOND_TABLE) }
    result = picket_result(score: value, p_value: pValue(value), flags: flags)
    return PICKET_OK
  }

  /// Mahalanobis distance of the encoding: ‖(E(x) - μ) L‖ with L Lᵀ = Σ⁻¹, where the file's last
  /// layer already is the whitened one (paper 001, equation 3).
  private func distance(_ record: UnsafePointer<Float>, _ scratch: Scratch) -> Float {
    var list = scratch.list
    encode(record, rowBytes: layer(0).rowBytes, into: &list, dense: nil)
    run(from: 0, to: encoderCount.int, &list, scratch.activations)
    return squaredLength(scratch.activations, count: latentCount.int).squareRoot()
  }

  /// α × mean squared reconstruction error at the latent mean + β × KL divergence.
  private func reconstruction(_ record: UnsafePointer<Float>, _ scratch: Scratch) -> Float {
    var list = scratch.list
    let inputs = scratch.inputs.assumingMemoryBound(to: Float.self)
    inputs.update(repeating: 0, count: inputCount.int)
    encode(record, rowBytes: layer(0).rowBytes, into: &list, dense: inputs)
    run(from: 0, to: encoderCount.int, &list, scratch.activations)
    let both = score == PICKET_SCORE_RECONSTRUCTION_KL
    let divergence = both ? gaussianDivergence(scratch.activations, latent: latentCount.int) : 0
    gather(&list, scratch.activations, layer(encoderCount.int))
    run(from: encoderCount.int, to: layerCount, &list, scratch.activations)
    let error = squaredDistance(scratch.inputs, scratch.activations, count: inputCount.int)
    let mean = error / Float(Int32(truncatingIfNeeded: inputCount))
    return reconstructionWeight * mean + divergenceWeight * divergence
  }
}
