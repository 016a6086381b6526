import CPicket

/// What each field contributes to a score.
extension Model {
  /// Scores one record and explains the score.
  ///
  /// - Parameters:
  ///   - model: An open model.
  ///   - record: One float for each field.
  ///   - memory: `explainScratchBytes` bytes of any alignment.
  ///   - contributions: Receives one float for each field on success; untouched otherwise.
  ///   - result: Receives what `score` gives, bit for bit, on success; untouched otherwise.
  /// - Returns: As `score`, or `PICKET_E_UNSUPPORTED` for a distance without a typical record.
  public static func explain(
    _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
    scratch memory: UnsafeMutableRawPointer, contributions: UnsafeMutablePointer<Float>,
    into result: inout picket_result
  ) -> Int {
    var step = ExplainStep(model, record, memory)
    guard model.pointee.decoderCount == 0 else {
      step.perform(.score)
      if step.status == PICKET_OK {
        model.pointee.explainReconstruction(step.scratch.differences, contributions)
        result = step.result
      }
      return step.status
    }
    let status = model.pointee.explainDistance(&step, contributions)
    if status == PICKET_OK { result = model.pointee.judged(step.value, step.flags) }
    return status
  }

  /// Each field's share of α × the mean squared error: what its own inputs add to it.
  ///
  /// - Parameter memory: What a score has left behind: the inputs and their reconstruction.
  @inline(never)
  private func explainReconstruction(
    _ memory: UnsafeMutableRawPointer, _ contributions: UnsafeMutablePointer<Float>
  ) {
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
