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
    lose(&step)
    let totals = step.scratch.totals.assumingMemoryBound(to: Float.self)
    guard addUp(step.list, into: totals) else { return PICKET_E_OVERFLOW }
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
    let lastRoom = room(i)
    errors.clear(count: lastRoom)
    // Offsets, not `-=` on a pointer: that negates, and can trap.
    var offset = slopeBytes &- lastRoom &* 4
    if score == PICKET_SCORE_OUTPUT {
      errors.storeBytes(of: 1, as: Float.self)
      let isLeft = layerHere(i).activation == Activation.linear || isFirstRectifier(i)
      if !isLeft { multiply(errors, by: scratch.slopes + offset, count: lastRoom) }
    } else {
      scale(
        before, by: step.value > 0 ? 1 / step.value : 0, count: latentCount.int, into: errors)
    }
    while i > 0 {
      let room = room(i &- 1)
      offset &-= room &* 4
      // What no product fills must be numbers.
      before.clear(count: room)
      step.errors = UnsafeRawPointer(errors)
      step.products = before.assumingMemoryBound(to: Float.self)
      step.layer = i
      let slopes = scratch.slopes + offset
      let isLeft = isFirstRectifier(i &- 1)
      let used = isLeft ? room : beforeZeros(slopes, count: room)
      comeBack(upTo: used, &step)
      if !isLeft { multiply(before, by: slopes, count: used) }
      swap(&errors, &before)
      i &-= 1
    }
    step.errors = UnsafeRawPointer(errors)
  }

  /// Whether a layer is the first one and of rectifiers, through which no gradient is taken.
  @inline(__always)
  private func isFirstRectifier(_ index: Int) -> Bool {
    index == 0 && layerHere(index).activation == Activation.reLU
  }

  /// `room(of:)` of a layer, by its number.
  @inline(__always)
  private func room(_ index: Int) -> Int {
    let layer = layerHere(index)
    return layer.isConvolution ? room(of: self.layer(index)) : layer.stride
  }

  /// Brings errors back through the step's layer: through a dense one to its first inputs alone.
  @inline(__always)
  private func comeBack(upTo count: Int, _ step: inout ExplainStep) {
    let layer = layerHere(step.layer)
    step.list.removeAll()
    step.taps = Taps(behind: step.list)
    step.columns = layer.stride
    if layer.isConvolution {
      ConvolutionProducts(convolution(self.layer(step.layer)), rowBytes: layer.rowBytes).run(&step)
    } else {
      step.taps.append(weights: 0, outputs: 0)
      step.columns = beforeZeros(step.errors, count: layer.stride)
      step.first = 0
      step.count = min(layer.inputs, count)
      step.perform(.products)
    }
  }

  /// How many numbers there are before the zeros at the end: at least sixteen, by sixteen.
  ///
  /// Exporters put hidden units that are seldom active last.
  @inline(never)
  private func beforeZeros(_ numbers: UnsafeRawPointer, count: Int) -> Int {
    picket_before_zeros(numbers.assumingMemoryBound(to: Float.self), count)
  }

  /// Replaces listed differences by what they add to the distance.
  @inline(never)
  @_optimize(size)
  private func lose(_ step: inout ExplainStep) {
    let layer = layer(0)
    let isRectifier = layer.activation == Activation.reLU
    step.layer = 0
    step.first = 0
    step.columns = layer.stride
    if layer.isConvolution {
      let inputs = step.scratch.differences.assumingMemoryBound(to: Float.self)
      step.scratch.differences.clear(count: inputCount.int)
      step.list.scatter(to: inputs)
      ConvolutionProducts(convolution(layer), rowBytes: layer.rowBytes)
        .replaceDifferences(inputs, isRectifier: isRectifier, &step)
      // The list, once more: a pixel's has taken its place.
      step.perform(.differences)
      step.list.gather(from: inputs)
    } else {
      step.taps = Taps(behind: step.list)
      step.taps.append(weights: 0, outputs: 0)
      step.replaceDifferences(isRectifier: isRectifier)
    }
  }

  /// Adds up the differences of each field, or what has replaced them.
  ///
  /// - Returns: Whether all sums are finite.
  @inline(never)
  @_optimize(size)
  private func addUp(_ list: NonZeroList, into totals: UnsafeMutablePointer<Float>) -> Bool {
    UnsafeMutableRawPointer(totals).clear(count: fieldCount.int)
    var i = 0
    while i < list.count {
      totals[list.field(i)] += list.values[i]
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
      first = list.input(i)
      products = list.values + i
      perform(.products)
      list.values[i] *= difference
      i &+= 1
    }
  }
}
