import CPicketKernels

/// Runs the layers of a model.
extension Model {
  /// Runs layers `first` up to, not including, `last`.
  ///
  /// - Parameters:
  ///   - list: The inputs of the first of them; used up. Rows are byte offsets into its weights,
  ///     or numbers of inputs if it takes integers.
  ///   - scratch: The activations receive the outputs of the last of them.
  @inline(never)
  func run(from first: Int, to last: Int, _ list: inout NonZeroList, _ scratch: Scratch) {
    // An integer cannot say that it comes from what is not a number.
    var isNumber = true
    var i = first
    while i < last {
      let layer = layer(i)
      if layer.isInteger {
        if IntegerNumbers(layer, bytes).inputScale != 0 {
          if i > first { gather(&list, scratch.activations, layer) }
          // A record's inputs were checked.
          isNumber = isNumber && (i == 0 || !list.holdsNaN)
          runQuantizing(layer, list, scratch)
        } else {
          runInteger(layer, list, scratch)
        }
        if !isNumber && IntegerNumbers(layer, bytes).shift == 0 {
          scratch.activations.storeBytes(of: .nan, as: Float.self)
        }
      } else if layer.isConvolution {
        sums(layer, isFirst: i == first, &list, scratch.activations, scratch.image)
        Activation.apply(
          layer.activation, slope: layer.slope, scratch.activations, count: room(of: layer))
      } else {
        let inputs = inputs(layer, isFirst: i == first, &list, scratch.activations)
        DenseLayer.run(layer, bytes, inputs, scratch.activations)
      }
      i &+= 1
    }
  }

  /// Computes a layer in floats up to its activation.
  ///
  /// - Parameters:
  ///   - isFirst: Whether its inputs are those of the list; otherwise the activations.
  ///   - activations: Receive `room(of: layer)` numbers.
  ///   - image: Memory for the inputs of a convolution.
  @inline(never)
  @_optimize(size)
  func sums(
    _ layer: Layer, isFirst: Bool, _ list: inout NonZeroList,
    _ activations: UnsafeMutableRawPointer, _ image: UnsafeMutableRawPointer
  ) {
    guard layer.isConvolution else {
      let inputs = inputs(layer, isFirst: isFirst, &list, activations)
      DenseLayer.sums(layer, bytes, inputs, activations)
      return
    }
    let shape = convolution(layer)
    let pixels = image.assumingMemoryBound(to: Float.self)
    if isFirst {
      image.clear(count: shape.input.count)
      list.scatter(to: pixels)
    } else {
      copy(activations, count: shape.input.count, to: image)
    }
    ConvolutionLayer(layer: layer, shape: shape, bytes: bytes).sums(pixels, &list, activations)
  }

  /// The inputs of a dense layer of floats: those listed, or else the activations.
  @inline(__always)
  private func inputs(
    _ layer: Layer, isFirst: Bool, _ list: inout NonZeroList,
    _ activations: UnsafeMutableRawPointer
  ) -> picket_rows {
    if !isFirst { gather(&list, activations, layer) }
    return list.listed
  }

  /// Lists the non-zero inputs that a layer, no convolution, finds among the activations.
  func gather(_ list: inout NonZeroList, _ activations: UnsafeMutableRawPointer, _ layer: Layer) {
    list.gather(
      activations.assumingMemoryBound(to: Float.self), length: layer.inputs,
      rowBytes: layer.listedRowBytes)
  }

  /// A layer that takes integers from the layer before it, in groups of four: those that are not
  /// zero.
  ///
  /// They are copied away, so that the outputs become the activations in turn.
  private func runInteger(_ layer: Layer, _ list: NonZeroList, _ scratch: Scratch) {
    let words = UnsafeMutableRawPointer(list.values).assumingMemoryBound(to: UInt32.self)
    let groupBytes = UInt32(truncatingIfNeeded: layer.rowBytes &* 4)
    var offset: UInt32 = 0
    var count = 0
    var at = 0
    while at < layer.inputs {
      let word = scratch.activations.load(fromByteOffset: at, as: UInt32.self)
      words[count] = word
      list.rows[count] = offset
      count &+= word != 0 ? 1 : 0
      offset &+= groupBytes
      at &+= 4
    }
    IntegerLayer.run(
      layer, bytes, picket_words(upper: nil, lower: words, offsets: list.rows, count: count),
      scratch.activations)
  }

  /// A layer that makes integers of its inputs: of 7 bits, or of 14, added up seven by seven.
  private func runQuantizing(_ layer: Layer, _ list: NonZeroList, _ scratch: Scratch) {
    let low = scratch.low.assumingMemoryBound(to: UInt32.self)
    let inputs: picket_words
    let numbers = IntegerNumbers(layer, bytes)
    if numbers.inputZero == 0 {
      // Zero stays zero, so the list serves: each entry alone in its group.
      // The file has the machine's byte order, whatever the compiler was told of it.
      list.quantize(layer, numbers, low: low, isLittleEndian: bytes.byte(8) == 0x0D)
      let high = UnsafeRawPointer(list.values).assumingMemoryBound(to: UInt32.self)
      inputs = picket_words(
        upper: numbers.inputMax > 127 ? high : nil, lower: low, offsets: list.rows,
        count: list.count)
    } else {
      let groups = (layer.inputs &+ 3) >> 2
      let high = low + groups
      fillDigits(
        layer, numbers, list, high: UnsafeMutableRawPointer(high), low: scratch.low)
      list.listAll(groups, rowBytes: layer.rowBytes &* 4)
      inputs = picket_words(
        upper: numbers.inputMax > 127 ? high : nil, lower: low, offsets: list.rows, count: groups)
    }
    IntegerLayer.run(layer, bytes, inputs, scratch.activations)
  }

  /// Writes the upper and the lower seven bits of each input, a byte each.
  private func fillDigits(
    _ layer: Layer, _ numbers: IntegerNumbers, _ list: NonZeroList,
    high: UnsafeMutableRawPointer, low: UnsafeMutableRawPointer
  ) {
    let zero = numbers.inputZero
    var i = 0
    // Inputs that are not listed are zero; what fills up the last group has no weight.
    while i < roundedUp(layer.inputs, to: 4) {
      high.storeBytes(of: UInt8(truncatingIfNeeded: zero &>> 7), toByteOffset: i, as: UInt8.self)
      low.storeBytes(of: UInt8(truncatingIfNeeded: zero & 127), toByteOffset: i, as: UInt8.self)
      i &+= 1
    }
    // From the last to the first: the list's padding stands for input 0, and must not have the
    // last word.
    i = list.count &- 1
    while i >= 0 {
      let a = IntegerLayer.quantize(list.values[i], numbers)
      let at = list.rows[i].int
      high.storeBytes(of: UInt8(truncatingIfNeeded: a &>> 7), toByteOffset: at, as: UInt8.self)
      low.storeBytes(of: UInt8(truncatingIfNeeded: a & 127), toByteOffset: at, as: UInt8.self)
      i &-= 1
    }
  }
}
