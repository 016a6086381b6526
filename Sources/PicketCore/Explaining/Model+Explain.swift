import CPicket

/// What each field contributes to a score.
extension Model {
  /// Scores one record and explains the score.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - memory: `explainScratchBytes` bytes of any alignment.
  ///   - contributions: Receives one float for each field on success; untouched otherwise.
  ///   - result: Receives what `score` gives, bit for bit, on success; untouched otherwise.
  /// - Returns: As `score`, or `PICKET_E_UNSUPPORTED` for a distance without a typical record.
  @inline(never)
  public func explain(
    _ record: UnsafePointer<Float>, scratch memory: UnsafeMutableRawPointer,
    contributions: UnsafeMutablePointer<Float>, into result: inout picket_result
  ) -> Int {
    decoderCount == 0
      ? explainDistance(record, ExplainScratch(memory, for: self), contributions, &result)
      : explainReconstruction(record, memory, contributions, &result)
  }

  /// Each field's share of α × the mean squared error: what its own inputs add to it.
  private func explainReconstruction(
    _ record: UnsafePointer<Float>, _ memory: UnsafeMutableRawPointer,
    _ contributions: UnsafeMutablePointer<Float>, _ result: inout picket_result
  ) -> Int {
    let status = score(record, scratch: memory, into: &result)
    guard status == PICKET_OK else { return status }
    // The score leaves the inputs and their reconstruction behind.
    let scratch = Scratch(memory, for: self)
    let x = scratch.inputs.assumingMemoryBound(to: Float.self)
    let y = scratch.activations.assumingMemoryBound(to: Float.self)
    let weight = reconstructionWeight / Float(inputCount.int)
    var input = 0
    var i = 0
    while i < fieldCount.int {
      let end = input &+ inputs(ofField: i)
      var total: Float = 0
      while input < end {
        let error = x[input] - y[input]
        total += error * error
        input &+= 1
      }
      contributions[i] = weight * total
      i &+= 1
    }
    return PICKET_OK
  }

  /// How many inputs a field has.
  func inputs(ofField index: Int) -> Int {
    var count = field(index).categoryCount
    var i = 0
    while i < planeCount.int {
      let input = bytes.load(fromByteOffset: plane(i).inputs &+ index &* 4, as: UInt32.self)
      count &+= input == Plane.absent ? 0 : 1
      i &+= 1
    }
    return count
  }
}
