import CPicket
import CPicketKernels

/// What each field contributes to a distance.
extension Model {
  /// Estimates for each field how much smaller the distance would be with that field's typical
  /// value in place of its own.
  ///
  /// The record goes forward once. The gradient of ‖z‖, z / ‖z‖, comes back to the first layer's
  /// outputs. What a rectifier there would give without a field's value is known (`FirstLayer`);
  /// of another activation the gradient comes back as well, and is multiplied by the difference of
  /// the values. Trying all fields for real would cost a score each.
  func explainDistance(
    _ record: UnsafePointer<Float>, _ scratch: ExplainScratch,
    _ contributions: UnsafeMutablePointer<Float>, _ result: inout picket_result
  ) -> Int {
    guard hasTypical && !hasIntegers else { return PICKET_E_UNSUPPORTED }
    #if PICKET_AVX
      // Tiles add in another order than `forward`, and the bits are to be those of the score.
      var scored = picket_result()
      let refusal = score(record, scratch: scratch.differences, into: &scored)
      guard refusal == PICKET_OK else { return refusal }
    #endif
    let differences = scratch.differences.assumingMemoryBound(to: Float.self)
    scratch.differences.clear(count: inputCount.int)
    var list = scratch.list
    var flags: UInt32 = 0
    _ = encode(
      typicalRecord, rowBytes: 1, into: &list, spare: scratch.activations, &flags)
    list.add(-1, to: differences)
    list.removeAll()
    flags = 0
    let status = encode(record, rowBytes: 1, into: &list, spare: scratch.activations, &flags)
    guard status == PICKET_OK else { return status }
    list.close()
    list.add(1, to: differences)
    list.scaleRows(by: layer(0).listedRowBytes)

    let value = forward(&list, scratch)
    guard isFinite(value) else { return PICKET_E_OVERFLOW }
    backward(value, &list, scratch)
    let isRectifier = layer(0).activation == Activation.reLU
    comeBack(
      layer(0), differences, &list, isRectifier ? scratch.activations : scratch.errors,
      sums: isRectifier ? UnsafeRawPointer(scratch.slopes) : nil, into: differences)
    let totals = scratch.totals.assumingMemoryBound(to: Float.self)
    guard addUp(differences, of: record, into: totals) else { return PICKET_E_OVERFLOW }
    var i = 0
    while i < fieldCount.int {
      contributions[i] = totals[i]
      i &+= 1
    }
    #if PICKET_AVX
      result = scored
    #else
      result = judged(value, flags)
    #endif
    return PICKET_OK
  }

  /// Runs the encoder, keeping the first layer's sums and the others' derivatives.
  ///
  /// - Returns: ‖z‖, with z left in the activations.
  private func forward(_ list: inout NonZeroList, _ scratch: ExplainScratch) -> Float {
    var slopes = scratch.slopes
    var i = 0
    while i < encoderCount.int {
      let layer = layer(i)
      let room = room(of: layer)
      sums(layer, isFirst: i == 0, &list, scratch.activations, scratch.image)
      if i == 0 && layer.activation == Activation.reLU {
        copy(scratch.activations, count: room, to: slopes)
        Activation.apply(layer.activation, slope: layer.slope, scratch.activations, count: room)
      } else if i < layerCount &- 1 {
        // The last layer is linear.
        Derivative.activate(layer, scratch.activations, slopes, count: room)
      }
      slopes += room &* 4
      i &+= 1
    }
    return squaredLength(scratch.activations, count: latentCount.int).squareRoot()
  }

  /// Brings the gradient of ‖z‖ back to the first layer's outputs, into the activations, if these
  /// are of rectifiers; else to its sums, into the errors.
  private func backward(_ value: Float, _ list: inout NonZeroList, _ scratch: ExplainScratch) {
    let errors = scratch.errors.assumingMemoryBound(to: Float.self)
    scratch.errors.clear(count: room(of: layer(layerCount &- 1)))
    scale(
      scratch.activations, by: value > 0 ? 1 / value : 0, count: latentCount.int,
      into: scratch.errors)
    // Offsets, not `-=` on a pointer: that negates, and can trap.
    var offset = slopeBytes &- room(of: layer(layerCount &- 1)) &* 4
    var i = layerCount &- 1
    while i > 0 {
      let layer = layer(i)
      let before = self.layer(i &- 1)
      let roomBefore = room(of: before)
      offset &-= roomBefore &* 4
      if i == 1 && before.activation == Activation.reLU {
        // Outputs, not sums: an output that is off may come on when an input changes.
        scratch.activations.clear(count: roomBefore)
        comeBack(
          layer, nil, &list, scratch.errors, sums: nil,
          into: scratch.activations.assumingMemoryBound(to: Float.self))
      } else {
        copy(scratch.errors, count: room(of: layer), to: scratch.activations)
        scratch.errors.clear(count: roomBefore)
        let derivatives = (scratch.slopes + offset).assumingMemoryBound(to: Float.self)
        comeBack(layer, derivatives, &list, scratch.activations, sums: nil, into: errors)
      }
      i &-= 1
    }
  }

  /// Brings errors back through a layer: to the inputs whose numbers are not zero, times these.
  ///
  /// - Parameters:
  ///   - values: A number for each input; nil stands for ones.
  ///   - errors: A number for each output.
  ///   - sums: The sums of a first layer of rectifiers, for what inputs cost it.
  ///   - result: Receives a number for each input whose own is not zero; may be `values`.
  @inline(never)
  private func comeBack(
    _ layer: Layer, _ values: UnsafePointer<Float>?, _ list: inout NonZeroList,
    _ errors: UnsafeRawPointer, sums: UnsafeRawPointer?, into result: UnsafeMutablePointer<Float>
  ) {
    if layer.isConvolution {
      ConvolutionProducts(
        layer: layer, shape: convolution(layer), bytes: bytes, errors: errors, sums: sums
      ).run(values, &list, into: result)
      return
    }
    if let values {
      list.gather(values, length: layer.inputs, rowBytes: 1)
    } else {
      list.count(to: layer.inputs)
    }
    if let sums {
      FirstLayer(layer: layer, bytes: bytes, sums: sums, errors: errors)
        .replaceDifferences(of: list, .whole(behind: list))
    } else {
      RowProducts.multiply(
        layer, bytes, list, errors, .whole(behind: list), into: list.values)
    }
    list.scatter(to: result)
  }

  /// Adds up the inputs of each field.
  ///
  /// - Returns: Whether all sums are finite.
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
        totals[lane] += input == Plane.absent ? 0 : inputs[input.int]
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
    var check: Float = 0
    i = 0
    while i < fieldCount.int {
      // 0 as long as all are finite, NaN from the first that is not.
      check += totals[i] - totals[i]
      i &+= 1
    }
    return check == 0
  }
}
