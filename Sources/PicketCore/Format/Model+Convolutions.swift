import CPicket

/// What the checks of a layer know of the layers before it.
struct LayersBefore {
  /// Numbers that the last of them writes.
  var outputs: Int
  /// Where in *layers* the shape of the next convolution must stand.
  var geometries: Int
  /// Where the last of them ends in *weights*.
  var weightEnd = 0
  private var allOutputs = 0
  private var multiplyAdds = 0

  init(outputs: Int, geometries: Int) {
    self.outputs = outputs
    self.geometries = geometries
  }

  /// Check 49: adds a layer whose shape is checked, of so many weights, at most 2^26.
  @inline(never)
  mutating func add(_ numbers: LayerNumbers, weights: Int) throws(FormatError) {
    // The sum so far is within its limit, so it cannot wrap either.
    let most = Int(PICKET_MAX_MULTIPLY_ADDS)
    let product = weights.multipliedReportingOverflow(by: numbers.windows)
    let isFew = !product.overflow && product.partialValue <= most
    multiplyAdds &+= isFew ? product.partialValue : 0
    allOutputs &+= numbers.outputs
    try require(
      isFew && multiplyAdds <= most && allOutputs <= Int(PICKET_MAX_OUTPUTS), 49, PICKET_E_LIMIT)
    outputs = numbers.outputs
  }
}

/// How many numbers a layer reads and writes, and how often it goes through its weights.
struct LayerNumbers {
  let inputs: Int
  let outputs: Int
  let windows: Int
}

/// Checks 46 to 49: convolutions, and what all layers cost together.
extension Model {
  /// Checks 46 to 48 of a layer of a known operation.
  ///
  /// - Returns: Its numbers, which for a dense layer are still to be checked.
  @_optimize(size)
  func checkConvolution(
    _ layer: Layer, _ before: inout LayersBefore
  ) throws(FormatError) -> LayerNumbers {
    guard layer.isConvolution else {
      try require(layer.geometry == layers.first, 46, PICKET_E_LAYERS)
      return LayerNumbers(inputs: layer.inputs, outputs: layer.outputs, windows: 1)
    }
    try require(!layer.isInteger, 38, PICKET_E_UNSUPPORTED)
    try require(
      before.geometries &+ Convolution.bytes <= layers.count, 37, PICKET_E_LAYERS)
    let words = Convolution.words &* 4
    try require(
      layer.geometry == layers.first &+ before.geometries
        && bytes.isZero(layer.geometry &+ words, layer.geometry &+ Convolution.bytes),
      46, PICKET_E_LAYERS)
    before.geometries &+= Convolution.bytes
    try checkSizes(layer.geometry)
    let shape = convolution(layer)
    try require(
      isWithinWidth(shape.input) && isWithinWidth(shape.output)
        && isWithinWidth(shape.vertical.kernel, shape.horizontal.kernel, shape.input.channels),
      47, PICKET_E_LIMIT)
    try require(
      fits(shape.vertical, narrow: shape.narrow.height, wide: shape.wide.height)
        && fits(shape.horizontal, narrow: shape.narrow.width, wide: shape.wide.width)
        && layer.inputs == shape.window && layer.outputs == shape.output.channels,
      48, PICKET_E_LAYERS)
    return LayerNumbers(
      inputs: shape.input.count, outputs: shape.output.count, windows: shape.narrow.pixels)
  }

  /// Check 47, number by number.
  ///
  /// Sizes and strides are 1 ... 8,192, paddings below that.
  @_optimize(size)
  private func checkSizes(_ geometry: Int) throws(FormatError) {
    var i = 0
    while i < Convolution.words {
      let number = bytes.word(geometry &+ i &* 4)
      // The last two are paddings.
      let least = i < Convolution.words &- 2 ? 1 : 0
      try require(
        number >= least && number < Int(PICKET_MAX_WIDTH) &+ least, 47, PICKET_E_LIMIT)
      i &+= 1
    }
  }

  private func isWithinWidth(_ image: Convolution.ImageSize) -> Bool {
    isWithinWidth(image.height, image.width, image.channels)
  }

  /// Whether three numbers of at most 8,192 make no more than that together.
  private func isWithinWidth(_ a: Int, _ b: Int, _ c: Int) -> Bool {
    let most = Int(PICKET_MAX_WIDTH)
    return a &* b <= most && a &* b &* c <= most
  }

  /// Whether the first and the last window reach into the wide image, and a further one would leave
  /// it.
  private func fits(_ axis: Convolution.Axis, narrow: Int, wide: Int) -> Bool {
    let end = wide &+ axis.padding
    return axis.padding < axis.kernel && (narrow &- 1) &* axis.stride < end
      && narrow &* axis.stride &+ axis.kernel > end
  }
}
