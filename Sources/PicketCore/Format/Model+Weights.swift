import CPicket

/// Checks 51 and 52: the section *weights*.
extension Model {
  @_optimize(size)
  func checkWeights() throws(FormatError) {
    var previousEnd = weights.first
    var i = 0
    while i < layerCount {
      let layer = layer(i)
      try require(numbersAreFinite(layer), 51, PICKET_E_WEIGHTS)
      try require(
        bytes.isZero(previousEnd, layer.weights) && paddingIsZero(layer), 52, PICKET_E_WEIGHTS)
      previousEnd = layer.end
      i &+= 1
    }
  }

  private func numbersAreFinite(_ layer: Layer) -> Bool {
    let exponent: UInt32 = 0x7F80_0000
    let end = layer.weights &+ layer.weightBytes
    var holds =
      layer.isInteger || areFinite(layer.bias, layer.bias &+ layer.stride &* 4, exponent: exponent)
    switch layer.element {
    case PICKET_FLOAT32: holds = holds && areFinite(layer.weights, end, exponent: exponent)
    case PICKET_FLOAT16: holds = holds && areFinite(layer.weights, end, exponent: UInt16(0x7C00))
    default:
      guard layer.hasScale else { break }
      if IntegerNumbers(layer, bytes).shift != 0 {
        holds = holds && areBelow(1 << 15, layer.scale, layer.end)
      } else {
        // A number that is not negative has no sign bit.
        holds =
          holds && areBelow(1 << 31, layer.scale, layer.end)
          && areFinite(layer.scale, layer.end, exponent: exponent)
      }
    }
    return holds
  }

  /// - Parameter bound: A power of two.
  private func areBelow(_ bound: UInt32, _ start: Int, _ end: Int) -> Bool {
    var bits: UInt32 = 0
    var at = start
    while at < end {
      bits |= bytes.load(fromByteOffset: at, as: UInt32.self)
      at &+= 4
    }
    return bits < bound
  }

  /// Whether the numbers from one byte offset to another hold no NaN and no infinity.
  ///
  /// - Parameter exponent: The exponent bits of a number, all of them set.
  @inline(never)
  private func areFinite<Word: FixedWidthInteger & BitwiseCopyable>(
    _ start: Int, _ end: Int, exponent: Word
  ) -> Bool {
    var special: Word = 0
    var at = start
    while at < end {
      let bits = bytes.load(fromByteOffset: at, as: Word.self) & exponent
      special |= bits == exponent ? 1 : 0
      at &+= MemoryLayout<Word>.size
    }
    return special == 0
  }

  /// Whether what lies between and within the arrays of a layer is zero.
  private func paddingIsZero(_ layer: Layer) -> Bool {
    let used = layer.outputs &* 4
    let biasEnd = layer.bias &+ layer.stride &* 4
    guard bytes.isZero(layer.weights &+ layer.weightBytes, layer.bias),
      bytes.isZero(layer.bias &+ used, biasEnd)
    else { return false }
    if layer.hasScale {
      guard bytes.isZero(biasEnd, layer.scale), bytes.isZero(layer.scale &+ used, layer.end) else {
        return false
      }
    }
    return rowPaddingIsZero(layer) && groupPaddingIsZero(layer)
  }

  /// Whether the weights to outputs beyond the last one are zero; a row of integer arithmetic is one
  /// of four inputs.
  private func rowPaddingIsZero(_ layer: Layer) -> Bool {
    let together = layer.isInteger ? 4 : 1
    let rowBytes = layer.rowBytes &* together
    let used = layer.outputs &* Layer.bytes(ofElement: layer.element) &* together
    var start = layer.weights
    while start < layer.weights &+ layer.weightBytes {
      guard bytes.isZero(start &+ used, start &+ rowBytes) else { return false }
      start &+= rowBytes
    }
    return true
  }

  /// Whether the weights from inputs that fill up the last group of four are zero.
  private func groupPaddingIsZero(_ layer: Layer) -> Bool {
    let inLast = layer.inputs & 3
    guard layer.isInteger && inLast != 0 else { return true }
    let end = layer.weights &+ layer.weightBytes
    var output = end &- layer.stride &* 4
    while output < end {
      guard bytes.isZero(output &+ inLast, output &+ 4) else { return false }
      output &+= 4
    }
    return true
  }
}
