import CPicket

/// What each field contributes to a distance.
extension Model {
  /// Divides the difference between the record's distance and the typical record's among the
  /// fields in which the two differ.
  ///
  /// Both records go forward. The difference of the outputs then comes back layer by layer, each
  /// layer's weights transposed, each activation as the slope between its two points (the rescale
  /// rule of DeepLIFT, Shrikumar and others, 2017):
  ///
  /// ```
  /// ‖z‖ - ‖z'‖ = Σ_k e_k (z_k - z'_k)   with e_k = (z_k + z'_k) / (‖z‖ + ‖z'‖)
  /// f(a) - f(a') = s (a - a')           with s = (f(a) - f(a')) / (a - a')
  /// ```
  ///
  /// Each step is exact, so the contributions add up to ‖z‖ - ‖z'‖ but for rounding.
  func explainDistance(
    _ record: UnsafePointer<Float>, _ scratch: ExplainScratch,
    _ contributions: UnsafeMutablePointer<Float>, _ result: inout picket_result
  ) -> Int {
    guard hasTypical else { return PICKET_E_UNSUPPORTED }
    let differences = scratch.differences.assumingMemoryBound(to: Float.self)
    differences.update(repeating: 0, count: inputCount.int)
    var list = scratch.list
    var flags: UInt32 = 0
    _ = forward(typicalRecord, &list, scratch, isTypical: true, &flags)
    flags = 0
    let status = forward(record, &list, scratch, isTypical: false, &flags)
    guard status == PICKET_OK else { return status }
    let value = squaredLength(scratch.activations, count: latentCount.int).squareRoot()
    guard isFinite(value) else { return PICKET_E_OVERFLOW }

    let from = backward(value, &list, scratch)
    RowProducts.multiply(layer(0), bytes, from, scratch.errors)
    guard addUp(from, differences) else { return PICKET_E_OVERFLOW }
    contributions.update(from: differences, count: fieldCount.int)
    result = judged(value, flags)
    return PICKET_OK
  }

  /// Runs the encoder, noting the inputs' differences.
  ///
  /// For the typical record it keeps each layer's sums; for another it makes slopes of them.
  private func forward(
    _ record: UnsafePointer<Float>, _ list: inout NonZeroList, _ scratch: ExplainScratch,
    isTypical: Bool, _ flags: inout UInt32
  ) -> Int {
    list.removeAll()
    let status = encode(record, rowBytes: 1, into: &list, spare: scratch.activations, &flags)
    guard status == PICKET_OK else { return status }
    list.close()
    list.add(isTypical ? -1 : 1, to: scratch.differences.assumingMemoryBound(to: Float.self))
    list.scaleRows(by: layer(0).rowBytes)
    var slopes = scratch.slopes
    var i = 0
    while i < encoderCount.int {
      let layer = layer(i)
      if i > 0 { gather(&list, scratch.activations, layer) }
      DenseLayer.sums(layer, bytes, list, scratch.activations)
      if isTypical {
        slopes.copyMemory(from: scratch.activations, byteCount: layer.stride &* 4)
        Activation.apply(
          layer.activation, slope: layer.slope, scratch.activations, count: layer.stride)
      } else {
        // The last layer is linear: its sums for the typical record are still wanted as they are.
        if i < encoderCount.int &- 1 { Secant.activate(layer, scratch.activations, slopes) }
      }
      slopes += layer.stride &* 4
      i &+= 1
    }
    return PICKET_OK
  }

  /// Brings the errors back to the first layer's outputs.
  ///
  /// - Returns: The differences of the inputs, listed by their numbers.
  private func backward(
    _ value: Float, _ list: inout NonZeroList, _ scratch: ExplainScratch
  ) -> NonZeroList {
    var slopes = scratch.slopes + (slopeBytes &- layer(layerCount &- 1).stride &* 4)
    let typicalValue = squaredLength(slopes, count: latentCount.int).squareRoot()
    let both = value + typicalValue
    let factor = both > 0 ? 1 / both : 0
    scaledSum(scratch.activations, slopes, factor, count: latentCount.int, into: scratch.errors)
    var i = layerCount &- 1
    while i > 0 {
      let layer = layer(i)
      let before = self.layer(i &- 1)
      slopes -= before.stride &* 4
      list.gather(
        slopes.assumingMemoryBound(to: Float.self), length: layer.inputs, rowBytes: 1)
      RowProducts.multiply(layer, bytes, list, scratch.errors)
      let errors = scratch.errors.assumingMemoryBound(to: Float.self)
      errors.update(repeating: 0, count: before.stride)
      list.scatter(to: errors)
      i &-= 1
    }
    list.gather(
      scratch.differences.assumingMemoryBound(to: Float.self), length: inputCount.int,
      rowBytes: 1)
    return list
  }

  /// Adds up the inputs of each field.
  ///
  /// - Returns: Whether all sums are finite.
  private func addUp(_ list: NonZeroList, _ totals: UnsafeMutablePointer<Float>) -> Bool {
    var special = false
    var end = 0
    var k = 0
    var i = 0
    while i < fieldCount.int {
      end &+= inputs(ofField: i)
      var total: Float = 0
      // Listed in order; the padding, of input 0, adds zeros.
      while k < list.count && list.rows[k].int < end {
        total += list.values[k]
        k &+= 1
      }
      totals[i] = total
      special = special || !isFinite(total)
      i &+= 1
    }
    return !special
  }
}
