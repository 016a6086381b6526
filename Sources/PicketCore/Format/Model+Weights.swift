import CPicket

/// Checks 47 and 48: the section *weights*.
extension Model {
  func checkWeights() throws(FormatError) {
    var previousEnd = weights.first
    var i = 0
    while i < layerCount {
      let layer = layer(i)
      let weightEnd = layer.weights &+ layer.inputs &* layer.rowBytes
      let biasEnd = layer.bias &+ layer.stride &* 4
      let weightsAreFinite =
        layer.element == PICKET_FLOAT16
        ? areFinite(layer.weights, weightEnd, exponent: UInt16(0x7C00))
        : areFinite(layer.weights, weightEnd, exponent: UInt32(0x7F80_0000))
      try require(
        weightsAreFinite && areFinite(layer.bias, biasEnd, exponent: UInt32(0x7F80_0000)),
        47, PICKET_E_WEIGHTS)
      try require(
        bytes.isZero(previousEnd, layer.weights) && bytes.isZero(weightEnd, layer.bias)
          && bytes.isZero(layer.bias &+ layer.outputs &* 4, biasEnd) && rowPaddingIsZero(layer),
        48, PICKET_E_WEIGHTS)
      previousEnd = biasEnd
      i &+= 1
    }
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

  private func rowPaddingIsZero(_ layer: Layer) -> Bool {
    let used = layer.outputs &* Layer.bytes(ofElement: layer.element)
    var row = 0
    while row < layer.inputs {
      let start = layer.weights &+ row &* layer.rowBytes
      guard bytes.isZero(start &+ used, start &+ layer.rowBytes) else { return false }
      row &+= 1
    }
    return true
  }
}
