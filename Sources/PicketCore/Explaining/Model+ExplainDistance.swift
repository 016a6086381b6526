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
    list.scaleRows(by: layer(0).rowBytes)

    let value = forward(&list, scratch)
    guard isFinite(value) else { return PICKET_E_OVERFLOW }
    backward(value, &list, scratch)
    list.gather(differences, length: inputCount.int, rowBytes: 1)
    if layer(0).activation == Activation.reLU {
      FirstLayer(layer: layer(0), bytes: bytes, sums: scratch.slopes, errors: scratch.activations)
        .replaceDifferences(of: list)
    } else {
      RowProducts.multiply(layer(0), bytes, list, scratch.errors, into: list.values)
    }
    list.scatter(to: differences)
    let totals = scratch.totals.assumingMemoryBound(to: Float.self)
    guard addUp(differences, of: record, into: totals) else { return PICKET_E_OVERFLOW }
    var i = 0
    while i < fieldCount.int {
      contributions[i] = totals[i]
      i &+= 1
    }
    result = judged(value, flags)
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
      let inputs =
        i == 0
        ? list.listed
        : list.inputs(scratch.activations, length: layer.inputs, rowBytes: layer.rowBytes)
      DenseLayer.sums(layer, bytes, inputs, rectifies: false, scratch.activations)
      if i == 0 && layer.activation == Activation.reLU {
        copy(scratch.activations, count: layer.stride, to: slopes)
        Activation.apply(
          layer.activation, slope: layer.slope, scratch.activations, count: layer.stride)
      } else if i < layerCount &- 1 {
        // The last layer is linear.
        Derivative.activate(layer, scratch.activations, slopes)
      }
      slopes += layer.stride &* 4
      i &+= 1
    }
    return squaredLength(scratch.activations, count: latentCount.int).squareRoot()
  }

  /// Brings the gradient of ‖z‖ back to the first layer's outputs, into the activations, if these
  /// are of rectifiers; else to its sums, into the errors.
  private func backward(_ value: Float, _ list: inout NonZeroList, _ scratch: ExplainScratch) {
    let errors = scratch.errors.assumingMemoryBound(to: Float.self)
    scale(
      scratch.activations, by: value > 0 ? 1 / value : 0, count: latentCount.int,
      into: scratch.errors)
    // Offsets, not `-=` on a pointer: that negates, and can trap.
    var offset = slopeBytes &- layer(layerCount &- 1).stride &* 4
    var i = layerCount &- 1
    while i > 0 {
      let layer = layer(i)
      let before = self.layer(i &- 1)
      offset &-= before.stride &* 4
      let derivatives = (scratch.slopes + offset).assumingMemoryBound(to: Float.self)
      if i == 1 && before.activation == Activation.reLU {
        // Outputs, not sums: an output that is off may come on when an input changes.
        list.count(to: layer.inputs)
        scratch.activations.clear(count: before.stride)
        RowProducts.multiply(layer, bytes, list, scratch.errors, into: scratch.activations)
      } else {
        list.gather(derivatives, length: layer.inputs, rowBytes: 1)
        RowProducts.multiply(layer, bytes, list, scratch.errors, into: list.values)
        scratch.errors.clear(count: before.stride)
        list.scatter(to: errors)
      }
      i &-= 1
    }
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
