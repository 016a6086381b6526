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
      let half = layer.element == PICKET_FLOAT16
      try require(
        (half ? areFiniteHalves(layer.weights, weightEnd) : areFinite(layer.weights, weightEnd))
          && areFinite(layer.bias, biasEnd), 47, PICKET_E_WEIGHTS)
      try require(
        bytes.isZero(previousEnd, layer.weights) && bytes.isZero(weightEnd, layer.bias)
          && bytes.isZero(layer.bias &+ layer.outputs &* 4, biasEnd) && rowPaddingIsZero(layer),
        48, PICKET_E_WEIGHTS)
      previousEnd = biasEnd
      i &+= 1
    }
  }

  /// Whether binary32 numbers, a multiple of 64 bytes of them, hold no NaN and no infinity.
  private func areFinite(_ start: Int, _ end: Int) -> Bool {
    let exponent = SIMD16<UInt32>(repeating: 0x7F80_0000)
    var special = SIMD16<UInt32>.zero
    var at = start
    while at < end {
      let bits = bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt32>.self)
      special.replace(with: exponent, where: bits & exponent .== exponent)
      at &+= 64
    }
    return special == .zero
  }

  /// Whether binary16 numbers, a multiple of 32 bytes of them, hold no NaN and no infinity.
  private func areFiniteHalves(_ start: Int, _ end: Int) -> Bool {
    let exponent = SIMD16<UInt16>(repeating: 0x7C00)
    var special = SIMD16<UInt16>.zero
    var at = start
    while at < end {
      let bits = bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt16>.self)
      special.replace(with: exponent, where: bits & exponent .== exponent)
      at &+= 32
    }
    return special == .zero
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
