import CPicket
import CPicketKernels

/// What each field contributes to a distance, or to a score that is a network's output.
extension Model {
  /// Scores one record by its encoding and explains the score.
  ///
  /// - Parameters:
  ///   - model: An open model.
  ///   - record: One float for each field.
  ///   - memory: `explainScratchBytes` bytes of any alignment.
  ///   - contributions: Receives one float for each field on success; untouched otherwise.
  ///   - result: Receives what `score` gives, bit for bit, on success; untouched otherwise.
  /// - Returns: As `score`, or `PICKET_E_UNSUPPORTED` for a model without a typical record.
  @_optimize(speed)
  public static func explainDistance(
    _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
    scratch memory: UnsafeMutableRawPointer, contributions: UnsafeMutablePointer<Float>,
    into result: inout picket_result
  ) -> Int {
    var step = ExplainStep(model, record, memory)
    let status = model.pointee.explainDistance(&step, contributions)
    if status == PICKET_OK { result = model.pointee.judged(step.value, step.flags) }
    return status
  }

  /// Estimates for each field how much smaller the score would be with that field's typical value
  /// in place of its own.
  ///
  /// The record goes forward once. The gradient of ‖z‖, z / ‖z‖, or of an output, 1, comes back to the first layer's
  /// outputs. What a rectifier there would give without a field's value is known (`WayBack.losses`);
  /// of another activation the gradient comes back as well, and is multiplied by the difference of
  /// the values. Trying all fields for real would cost a score each.
  @inline(never)
  @_optimize(speed)
  private func explainDistance(
    _ step: inout ExplainStep, _ contributions: UnsafeMutablePointer<Float>
  ) -> Int {
    guard hasTypical && !hasIntegers else { return PICKET_E_UNSUPPORTED }
    step.perform(.encode)
    guard step.status == PICKET_OK else { return step.status }
    step.perform(.forward)
    guard isFinite(step.value) else { return PICKET_E_OVERFLOW }
    backward(&step)
    // The list that is made next lies where the taps did.
    step.perform(.differences)
    let inputs = step.scratch.differences
    inputs.clear(count: inputCount.int)
    lose(&step, inputs.assumingMemoryBound(to: Float.self))
    let totals = step.scratch.totals.assumingMemoryBound(to: Float.self)
    guard
      addUp(inputs.assumingMemoryBound(to: Float.self), of: step.record, into: totals)
    else { return PICKET_E_OVERFLOW }
    picket_copy_floats(totals, fieldCount.int, contributions)
    return PICKET_OK
  }

  /// Brings the gradient of the score back, into the errors: to the first layer's outputs if these are of
  /// rectifiers, because an output that is off may come on when an input changes; else to its sums.
  @inline(never)
  @_optimize(speed)
  private func backward(_ step: inout ExplainStep) {
    let scratch = step.scratch
    var errors = scratch.errors
    var before = scratch.activations
    var i = layerCount &- 1
    var layer = layer(i)
    let lastRoom = room(of: layer)
    errors.clear(count: lastRoom)
    // Offsets, not `-=` on a pointer: that negates, and can trap.
    var offset = slopeBytes &- lastRoom &* 4
    if score == PICKET_SCORE_OUTPUT {
      errors.storeBytes(of: 1, as: Float.self)
      let isLeft = layer.activation == Activation.linear || isFirstRectifier(layer, i)
      if !isLeft { multiply(errors, by: scratch.slopes + offset, count: lastRoom) }
    } else {
      scale(
        before, by: step.value > 0 ? 1 / step.value : 0, count: latentCount.int, into: errors)
    }
    while i > 0 {
      let layerBefore = self.layer(i &- 1)
      let room = room(of: layerBefore)
      offset &-= room &* 4
      // What fills up is written first, and must be numbers: up to fifteen behind the last pixel's
      // outputs, up to fifteen behind its row.
      let filling = min(room, 32)
      (before + (room &- filling) &* 4).clear(count: filling)
      step.errors = UnsafeRawPointer(errors)
      step.products = before.assumingMemoryBound(to: Float.self)
      step.layer = i
      comeBack(layer, &step)
      if !isFirstRectifier(layerBefore, i &- 1) {
        multiply(before, by: scratch.slopes + offset, count: room)
      }
      swap(&errors, &before)
      layer = layerBefore
      i &-= 1
    }
    step.errors = UnsafeRawPointer(errors)
  }

  /// Whether a layer is the first one and of rectifiers, through which no gradient is taken.
  @inline(__always)
  private func isFirstRectifier(_ layer: Layer, _ index: Int) -> Bool {
    index == 0 && layer.activation == Activation.reLU
  }

  /// Brings errors back through a layer, to all its inputs.
  @inline(__always)
  private func comeBack(_ layer: Layer, _ step: inout ExplainStep) {
    step.list.removeAll()
    step.taps = Taps(behind: step.list)
    if layer.isConvolution {
      ConvolutionProducts(convolution(layer), rowBytes: layer.rowBytes).run(&step)
    } else {
      step.taps.append(weights: 0, outputs: 0)
      step.first = 0
      step.count = layer.inputs
      step.perform(.products)
    }
  }

  /// Writes what listed differences add to the distance to their places in a dense vector.
  @inline(never)
  @_optimize(size)
  private func lose(_ step: inout ExplainStep, _ inputs: UnsafeMutablePointer<Float>) {
    let layer = layer(0)
    step.layer = 0
    step.first = 0
    if layer.isConvolution {
      step.list.scatter(to: inputs)
      ConvolutionProducts(convolution(layer), rowBytes: layer.rowBytes)
        .replaceDifferences(inputs, isRectifier: layer.activation == Activation.reLU, &step)
      return
    }
    step.taps = Taps(behind: step.list)
    step.taps.append(weights: 0, outputs: 0)
    step.replaceDifferences(isRectifier: layer.activation == Activation.reLU)
    step.list.scatter(to: inputs)
  }

  /// Adds up the inputs of each field.
  ///
  /// - Returns: Whether all sums are finite.
  @inline(never)
  @_optimize(size)
  private func addUp(
    _ inputs: UnsafeMutablePointer<Float>, of record: UnsafePointer<Float>,
    into totals: UnsafeMutablePointer<Float>
  ) -> Bool {
    UnsafeMutableRawPointer(totals).clear(count: fieldCount.int)
    var i = 0
    while i < planeCount.int {
      let numbers = bytes + plane(i).inputs
      var lane = 0
      while lane < fieldCount.int {
        let input = numbers.load(fromByteOffset: lane &* 4, as: UInt32.self)
        if input != Plane.absent { totals[lane] += inputs[input.int] }
        lane &+= 1
      }
      i &+= 1
    }
    i = 0
    while i < oneHotCount.int {
      let at = oneHot(i)
      let symbolic = bytes.word(at)
      let first = inputs + bytes.word(at &+ 4)
      // Of all categories these two alone can have a difference; both are 0 if they are one.
      totals[symbolic] =
        first[categoryNumber(typicalRecord[symbolic])]
        + (record[symbolic] >= 0 ? first[categoryNumber(record[symbolic])] : 0)
      i &+= 1
    }
    // 0 as long as all are finite, NaN from the first that is not.
    var check = SIMD16<Float>.zero
    i = 0
    while i < fieldCount.int {
      let sixteen = UnsafeRawPointer(totals).floats16(i &* 4)
      check += sixteen - sixteen
      i &+= 16
    }
    return sum(check) == 0
  }
}

extension ExplainStep {
  /// Replaces listed differences of inputs by what they add to the distance.
  ///
  /// - Parameter isRectifier: Whether the layer is of rectifiers; else its gradient has come back to
  ///   its sums.
  mutating func replaceDifferences(isRectifier: Bool) {
    guard !isRectifier else { return perform(.losses) }
    count = 1
    var i = 0
    while i < list.count {
      let difference = list.values[i]
      first = list.rows[i].int
      products = list.values + i
      perform(.products)
      list.values[i] *= difference
      i &+= 1
    }
  }
}
