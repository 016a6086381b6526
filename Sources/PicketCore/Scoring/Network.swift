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
          isNumber = isNumber && !list.holdsNaN
          runQuantizing(layer, list, scratch)
        } else {
          runInteger(layer, scratch)
        }
        if !isNumber && IntegerNumbers(layer, bytes).shift == 0 {
          scratch.activations.storeBytes(of: .nan, as: Float.self)
        }
      } else {
        runDense(layer, isListed: i == first, list, scratch.activations)
      }
      i &+= 1
    }
  }

  /// A layer of floats, whose inputs are listed or else are the activations.
  private func runDense(
    _ layer: Layer, isListed: Bool, _ list: NonZeroList, _ activations: UnsafeMutableRawPointer
  ) {
    let inputs =
      isListed
      ? list.listed : list.marked(activations, length: layer.inputs, rowBytes: layer.rowBytes)
    DenseLayer.run(layer, bytes, inputs, activations)
  }

  /// Lists the non-zero inputs that a layer finds among the activations.
  func gather(_ list: inout NonZeroList, _ activations: UnsafeMutableRawPointer, _ layer: Layer) {
    list.gather(
      activations.assumingMemoryBound(to: Float.self), length: layer.inputs,
      rowBytes: layer.listedRowBytes)
  }

  /// A layer that takes integers from the layer before it.
  ///
  /// All groups of four, in order: few of them are wholly zero.
  private func runInteger(_ layer: Layer, _ scratch: Scratch) {
    // The sums go where the inputs lie.
    let words = scratch.low.assumingMemoryBound(to: UInt32.self)
    let groups = (layer.inputs &+ 3) >> 2
    copy(scratch.activations, count: groups, to: scratch.low)
    copy(bytes + layer.bias, count: layer.stride, to: scratch.activations)
    let inputs = IntegerLayer.Words(words: words, rows: nil, count: groups)
    IntegerLayer.add(layer, bytes, inputs, scratch.activations)
    IntegerLayer.finish(layer, bytes, scratch.activations)
  }

  /// A layer that makes integers of its inputs: 14 bits, added up seven by seven.
  private func runQuantizing(_ layer: Layer, _ list: NonZeroList, _ scratch: Scratch) {
    let sums = scratch.activations
    let low = scratch.low.assumingMemoryBound(to: UInt32.self)
    var upper: IntegerLayer.Words
    var lower: IntegerLayer.Words
    let numbers = IntegerNumbers(layer, bytes)
    if numbers.inputZero == 0 {
      // Zero stays zero, so the list serves: each entry alone in its group.
      // The file has the machine's byte order, whatever the compiler was told of it.
      list.quantize(layer, numbers, low: low, isLittleEndian: bytes.byte(8) == 0x0D)
      let high = UnsafeRawPointer(list.values).assumingMemoryBound(to: UInt32.self)
      upper = IntegerLayer.Words(words: high, rows: list.rows, count: list.count)
      lower = IntegerLayer.Words(words: low, rows: list.rows, count: list.count)
    } else {
      let groups = (layer.inputs &+ 3) >> 2
      let high = low + groups
      fillDigits(
        layer, numbers, list, high: UnsafeMutableRawPointer(high), low: scratch.low)
      upper = IntegerLayer.Words(words: high, rows: nil, count: groups)
      lower = IntegerLayer.Words(words: low, rows: nil, count: groups)
    }
    sums.clear(count: layer.stride)
    IntegerLayer.add(layer, bytes, upper, sums)
    addBias(layer, toSumsShiftedBy: 7, sums)
    IntegerLayer.add(layer, bytes, lower, sums)
    IntegerLayer.finish(layer, bytes, sums)
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

  private func addBias(
    _ layer: Layer, toSumsShiftedBy shift: Int32, _ sums: UnsafeMutableRawPointer
  ) {
    var at = 0
    while at < layer.stride &* 4 {
      let upper = UnsafeRawPointer(sums).integers16(at) &<< SIMD16(repeating: shift)
      sums.store16(upper &+ (bytes + layer.bias).integers16(at), at)
      at &+= 64
    }
  }
}
