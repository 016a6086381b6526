import CPicket
import CPicketKernels

/// The score of a record, under a model of this archive.
extension Model {
  /// Bytes of scratch: the activations of one layer and the list of inputs of the next, with room
  /// for one number behind it, and to move the start to a multiple of 4.
  var scratchBytes: Int {
    widest.int &* 4 &+ (longestList.int &+ 1) &* 8 &+ 3
  }

  /// Scores one record.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - memory: `scratchBytes` bytes of any alignment.
  ///   - result: Receives the result on success; untouched otherwise.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE`, `PICKET_E_CATEGORY` or `PICKET_E_OVERFLOW`.
  func score(
    _ record: UnsafePointer<Float>, scratch memory: UnsafeMutableRawPointer,
    into result: inout picket_result
  ) -> Int {
    let skipped = (0 &- UInt(bitPattern: memory)) & 3
    let activations = memory + Int(bitPattern: skipped)
    let values = activations + widest.int &* 4
    let rows = values + (longestList.int &+ 1) &* 4
    var inputs = ShortList(
      values: values.assumingMemoryBound(to: Float.self),
      rows: rows.assumingMemoryBound(to: UInt32.self))
    var flags: UInt32 = 0
    let status = encode(record, into: &inputs, &flags)
    guard status == PICKET_OK else { return status }
    var i = 0
    while true {
      let layer = layer(i)
      sums(layer, inputs, activations)
      i &+= 1
      guard i < encoderCount.int else { break }
      activate(
        layer, activations.assumingMemoryBound(to: Float.self),
        rowBytes: self.layer(i).rowBytes, into: &inputs)
    }
    let value = length(activations, count: latentCount.int)
    guard isFinite(value) else { return PICKET_E_OVERFLOW }
    result = judged(value, flags)
    return PICKET_OK
  }

  /// x W + b of the listed inputs, sixteen outputs at a time.
  @inline(__always)
  private func sums(_ layer: Layer, _ inputs: ShortList, _ output: UnsafeMutableRawPointer) {
    var column = 0
    while column < layer.stride {
      let weights = bytes + (layer.weights &+ column &* Layer.bytes(ofElement: layer.element))
      let bias = bytes.floats16(layer.bias &+ column &* 4)
      var sum = layer.hasScale ? .zero : bias
      var i = 0
      while i < inputs.count {
        multiplyAdd(
          &sum, SIMD16(repeating: inputs.values[i]), weights16(weights, inputs.rows[i].int))
        i &+= 1
      }
      if layer.hasScale {
        let products = sum
        sum = bias
        multiplyAdd(&sum, products, bytes.floats16(layer.scale &+ column &* 4))
      }
      output.store16(sum, column &* 4)
      column &+= 16
    }
  }

  /// Sixteen weights of a row.
  @inline(__always)
  private func weights16(_ weights: UnsafeRawPointer, _ row: Int) -> SIMD16<Float> {
    #if PICKET_BYTES
      picket_widen_bytes(weights + row)
    #else
      weights.floats16(row)
    #endif
  }

  /// Lists a layer's outputs, f(x W + b), as the inputs of the next one.
  ///
  /// Keeps a NaN, so that a network that overflowed is noticed at its score.
  @inline(__always)
  private func activate(
    _ layer: Layer, _ sums: UnsafePointer<Float>, rowBytes: Int, into inputs: inout ShortList
  ) {
    inputs.removeAll()
    var i = 0
    while i < layer.outputs {
      var x = sums[i]
      if x < 0 && layer.activation != Activation.linear {
        // The slope of a plain rectifier is 0, and 0 times an infinity no number.
        x = layer.activation == Activation.reLU ? 0 : x * layer.slope
      }
      inputs.append(x, row: i &* rowBytes)
      i &+= 1
    }
  }

  /// ‖z‖: Mahalanobis distance of the encoding, where the file's last layer is the whitened one
  /// (paper 001, equation 3).
  ///
  /// Outputs that fill up a vector are 0, or not finite if the others are not.
  @inline(__always)
  private func length(_ z: UnsafeRawPointer, count: Int) -> Float {
    var total = SIMD16<Float>.zero
    var i = 0
    while i < count {
      let block = z.floats16(i &* 4)
      multiplyAdd(&total, block, block)
      i &+= 16
    }
    return picket_sum(total).squareRoot()
  }
}
