import CPicket

/// One dense layer, as the file describes it.
public struct Layer {
  static var dense: Int { 1 }

  /// The activation's number in the file.
  public let activation: Int
  /// The element type's number in the file.
  public let element: Int
  /// Slope of a leaky ReLU below zero.
  public let slope: Float
  /// Rows of weights.
  public let inputs: Int
  /// Columns of weights.
  public let outputs: Int
  /// Elements from one row of weights to the next, and numbers in the bias: outputs, rounded up to
  /// a multiple of 16.
  let stride: Int
  /// Byte offsets from the start of the file.
  let weights: Int
  let bias: Int

  /// Bytes from one row of weights to the next.
  @inline(__always)
  var rowBytes: Int { stride &* Layer.bytes(ofElement: element) }

  @inline(__always)
  static func bytes(ofElement element: Int) -> Int {
    element == PICKET_FLOAT16 ? 2 : 4
  }
}

/// Checks 37 to 45: the section *layers*.
extension Model {
  /// How many layers scoring runs.
  public var layerCount: Int { encoderCount.int &+ decoderCount.int }

  /// The layer at an index that is known to exist, encoder first.
  public func layer(_ index: Int) -> Layer {
    let at = layers.first &+ index &* FormatLayout.layerBytes
    return Layer(
      activation: bytes.word(at &+ 4), element: bytes.word(at &+ 8), slope: bytes.float(at &+ 12),
      inputs: bytes.word(at &+ 16), outputs: bytes.word(at &+ 20), stride: bytes.word(at &+ 24),
      weights: weights.first &+ bytes.word(at &+ 28), bias: weights.first &+ bytes.word(at &+ 32))
  }

  mutating func checkLayers() throws(FormatError) {
    try require(
      layers.count == layerCount &* FormatLayout.layerBytes, 37, PICKET_E_LAYERS)
    let latent = latentCount.int
    let encoded = score == PICKET_SCORE_RECONSTRUCTION_KL ? 2 &* latent : latent
    var width = inputCount.int
    var weightEnd = 0
    var i = 0
    while i < layerCount {
      if i == encoderCount.int { width = latent }
      weightEnd = try checkLayer(i, inputs: width, weightEnd: weightEnd)
      let layer = layer(i)
      if i == encoderCount.int &- 1 {
        try require(
          layer.activation == Activation.linear && layer.outputs == encoded, 44, PICKET_E_LAYERS)
      }
      longestList = max(longestList, UInt32(truncatingIfNeeded: layer.inputs))
      widest = max(widest, UInt32(truncatingIfNeeded: layer.stride))
      width = layer.outputs
      i &+= 1
    }
    try require(decoderCount == 0 || width == inputCount.int, 45, PICKET_E_LAYERS)
    try require(weights.count == weightEnd, 46, PICKET_E_WEIGHTS)
  }

  /// Checks one layer's description.
  ///
  /// - Parameters:
  ///   - inputs: What the layer before gives.
  ///   - weightEnd: Where the layer before ends in *weights*.
  /// - Returns: Where this layer ends in *weights*.
  private func checkLayer(_ index: Int, inputs: Int, weightEnd: Int) throws(FormatError) -> Int {
    let at = layers.first &+ index &* FormatLayout.layerBytes
    try require(bytes.isZero(at &+ 36, at &+ 64), 37, PICKET_E_LAYERS)
    let layer = layer(index)
    try require(
      bytes.word(at) == Layer.dense && Activation.isKnown(layer.activation)
        && (layer.element == PICKET_FLOAT32 || layer.element == PICKET_FLOAT16),
      38, PICKET_E_UNSUPPORTED)
    try require(
      isFinite(layer.slope) && (layer.slope == 0 || layer.activation == Activation.leakyReLU),
      39, PICKET_E_LAYERS)
    try require(layer.inputs == inputs, 40, PICKET_E_LAYERS)
    try require(
      layer.outputs >= 1 && layer.outputs <= Int(PICKET_MAX_WIDTH), 41, PICKET_E_LIMIT)
    try require(layer.stride == roundedUp(layer.outputs, to: 16), 42, PICKET_E_LAYERS)
    // At most 2,048 rows of 8,192 bytes in each of 16 layers: no sum here can wrap.
    let start = roundedUp(weightEnd, to: FormatLayout.alignment)
    let bias = roundedUp(start &+ layer.inputs &* layer.rowBytes, to: FormatLayout.alignment)
    try require(
      bytes.word(at &+ 28) == start && bytes.word(at &+ 32) == bias, 43, PICKET_E_LAYERS)
    return bias &+ layer.stride &* 4
  }
}
