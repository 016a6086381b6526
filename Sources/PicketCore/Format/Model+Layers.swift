import CPicket

/// One layer, as the file describes it.
public struct Layer {
  static var dense: Int { 1 }
  static var convolution: Int { 2 }
  static var transposed: Int { 3 }

  /// The operation's number in the file.
  let operation: Int
  /// The activation's number in the file.
  public let activation: Int
  /// The element type's number in the file; see `element`.
  let storedElement: Int
  /// Slope of a leaky ReLU below zero.
  public let slope: Float
  /// Rows of weights: of a dense layer its inputs, of a convolution those of a window.
  public let inputs: Int
  /// Columns of weights: of a dense layer its outputs, of a convolution those of a pixel.
  public let outputs: Int
  /// Elements from one row of weights to the next, and numbers in the bias: outputs, rounded up to
  /// a multiple of 16.
  let stride: Int
  /// Byte offsets from the start of the file.
  let weights: Int
  let bias: Int
  let scale: Int
  /// Where the file describes the shape of a convolution; where it describes layers if this is none.
  let geometry: Int
  /// Where the file describes the layer.
  let description: Int

  /// Bytes from one row of weights to the next.
  @inline(__always)
  var rowBytes: Int { stride &* Layer.bytes(ofElement: element) }

  /// Bytes from one row to the next as a list of inputs has them: if inputs become integers or an
  /// image, the list has their numbers.
  @inline(__always)
  var listedRowBytes: Int { isInteger || isConvolution ? 1 : rowBytes }

  /// Bytes of all rows, for integer arithmetic with the last group of four filled up.
  var weightBytes: Int {
    (isInteger ? roundedUp(inputs, to: 4) : inputs) &* rowBytes
  }

  /// The byte behind the layer's last array.
  var end: Int {
    (hasScale ? scale : bias) &+ stride &* 4
  }
}

/// Checks 37 to 45: the section *layers*, layer by layer; see `Model+Convolutions.swift` for 46 to 49.
extension Model {
  /// How many layers scoring runs.
  public var layerCount: Int { encoderCount.int &+ decoderCount.int }

  /// The layer at an index that is known to exist, encoder first.
  @inline(never)
  public func layer(_ index: Int) -> Layer { layerHere(index) }

  /// The same, where a call is not worth it because only some members are read.
  @inline(__always)
  func layerHere(_ index: Int) -> Layer {
    let at = layers.first &+ index &* FormatLayout.layerBytes
    return Layer(
      operation: bytes.word(at), activation: bytes.word(at &+ 4),
      storedElement: bytes.word(at &+ 8), slope: bytes.float(at &+ 12),
      inputs: bytes.word(at &+ 16), outputs: bytes.word(at &+ 20), stride: bytes.word(at &+ 24),
      weights: weights.first &+ bytes.word(at &+ 28), bias: weights.first &+ bytes.word(at &+ 32),
      scale: weights.first &+ bytes.word(at &+ 36), geometry: layers.first &+ bytes.word(at &+ 56),
      description: at)
  }

  @inline(never)
  @_optimize(size)
  mutating func checkLayers() throws(FormatError) {
    let entries = layerCount &* FormatLayout.layerBytes
    try require(layers.count >= entries, 37, PICKET_E_LAYERS)
    let latent = latentCount.int
    let encoded = score == PICKET_SCORE_RECONSTRUCTION_KL ? 2 &* latent : latent
    var before = LayersBefore(outputs: inputCount.int, geometries: entries)
    var i = 0
    while i < layerCount {
      if i == encoderCount.int { before.outputs = latent }
      let inputs = before.outputs
      let layer = layer(i)
      try checkLayer(layer, i, &before)
      if i == encoderCount.int &- 1 {
        // A score that is an output has an activation of its own.
        let isFree = layer.activation == Activation.linear || score == PICKET_SCORE_OUTPUT
        try require(isFree && before.outputs == encoded, 44, PICKET_E_LAYERS)
      }
      hasIntegers = hasIntegers || layer.isInteger
      let isFirst = i == 0 || i == encoderCount.int
      noteSizes(of: layer, listed: isFirst || !layer.isConvolution ? inputs : 0)
      i &+= 1
    }
    try require(layers.count == before.geometries, 37, PICKET_E_LAYERS)
    try require(decoderCount == 0 || before.outputs == inputCount.int, 45, PICKET_E_LAYERS)
    try require(weights.count == before.weightEnd, 50, PICKET_E_WEIGHTS)
  }

  /// Keeps what scratch depends on.
  ///
  /// - Parameter listed: How many inputs may be listed at once, besides those of a window.
  @inline(never)
  private mutating func noteSizes(of layer: Layer, listed: Int) {
    longestList = max(longestList, UInt32(truncatingIfNeeded: max(listed, layer.inputs)))
    let room = UInt32(truncatingIfNeeded: room(of: layer))
    widest = max(widest, room)
    outputCount &+= room
    guard layer.isConvolution else { return }
    largestImage = max(
      largestImage, UInt32(truncatingIfNeeded: convolution(layer).input.count))
  }

  /// Checks one layer's description.
  ///
  /// - Parameter before: What is known of the layers before it; receives what is known with it.
  @_optimize(size)
  private func checkLayer(
    _ layer: Layer, _ index: Int, _ before: inout LayersBefore
  ) throws(FormatError) {
    let at = layer.description
    try require(bytes.word(at &+ 60) == 0, 37, PICKET_E_LAYERS)
    try require(
      layer.operation >= Layer.dense && layer.operation <= Layer.transposed
        && Activation.isKnown(layer.activation)
        && layer.storedElement >= PICKET_FLOAT32 && layer.storedElement <= PICKET_INT8_INTEGER,
      38, PICKET_E_UNSUPPORTED)
    try require(layer.isBuiltIn, 38, PICKET_E_NOT_BUILT_IN)
    try require(
      isFinite(layer.slope) && (layer.slope == 0 || layer.activation == Activation.leakyReLU),
      39, PICKET_E_LAYERS)
    try require(quantizationFits(layer, index), 39, PICKET_E_LAYERS)
    let numbers = try checkConvolution(layer, &before)
    try require(numbers.inputs == before.outputs, 40, PICKET_E_LAYERS)
    try require(
      numbers.outputs >= 1 && numbers.outputs <= Int(PICKET_MAX_WIDTH), 41, PICKET_E_LIMIT)
    try require(layer.stride == roundedUp(layer.outputs, to: 16), 42, PICKET_E_LAYERS)
    try before.add(numbers, weights: layer.inputs &* layer.stride)
    // At most 2^26 weights altogether, so no sum here can wrap.
    let weightEnd = before.weightEnd
    let start = roundedUp(weightEnd, to: FormatLayout.alignment)
    let bias = roundedUp(start &+ layer.weightBytes, to: FormatLayout.alignment)
    let scaled = layer.hasScale
    let scale = roundedUp(bias &+ layer.stride &* 4, to: FormatLayout.alignment)
    try require(
      bytes.word(at &+ 28) == start && bytes.word(at &+ 32) == bias
        && bytes.word(at &+ 36) == (scaled ? scale : 0), 43, PICKET_E_LAYERS)
    before.weightEnd = (scaled ? scale : bias) &+ layer.stride &* 4
  }

  /// Whether a layer's numbers for integer arithmetic are there when they must, and fit its
  /// neighbours.
  private func quantizationFits(_ layer: Layer, _ index: Int) -> Bool {
    let numbers = IntegerNumbers(layer, bytes)
    // A scale of -0 is one of 0.
    let saysNothing = numbers.inputScale == 0 && numbers.inputZero == 0 && numbers.inputMax == 0
    guard layer.isInteger else { return saysNothing && numbers.shift == 0 }
    let isFirst = index == 0 || index == encoderCount.int
    let takesIntegers = !isFirst && IntegerNumbers(self.layer(index &- 1), bytes).shift != 0
    let inputsFit =
      takesIntegers
      ? saysNothing
      : isFinite(numbers.inputScale) && numbers.inputScale > 0
        && (numbers.inputMax == 127 || numbers.inputMax == 16_383)
        && numbers.inputZero <= numbers.inputMax
    guard inputsFit, numbers.shift != 0 else { return inputsFit }
    // Integer outputs: a layer that takes them must follow, which is checked when it is its turn.
    let isLast = index == encoderCount.int &- 1 || index == layerCount &- 1
    return numbers.shift <= 31 && layer.activation == Activation.reLU && !isLast
      && self.layer(index &+ 1).isInteger
  }
}
