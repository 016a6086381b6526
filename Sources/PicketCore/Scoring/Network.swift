/// Runs the layers of a model.
extension Model {
  /// Runs layers `first` up to, not including, `last`.
  ///
  /// - Parameters:
  ///   - list: The inputs of the first of them; used up. Rows are byte offsets into its weights,
  ///     or numbers of inputs if it takes integers.
  ///   - scratch: The activations receive the outputs of the last of them.
  func run(from first: Int, to last: Int, _ list: inout NonZeroList, _ scratch: Scratch) {
    var i = first
    while i < last {
      let layer = layer(i)
      if layer.isInteger {
        if layer.inputScale != 0 {
          if i > first { gather(&list, scratch.activations, layer) }
          runQuantizing(layer, list, scratch)
        } else {
          runInteger(layer, scratch)
        }
      } else {
        if i > first { gather(&list, scratch.activations, layer) }
        DenseLayer.run(layer, bytes, list, scratch.activations)
      }
      i &+= 1
    }
  }

  /// Lists the non-zero inputs that a layer finds among the activations.
  func gather(_ list: inout NonZeroList, _ activations: UnsafeMutableRawPointer, _ layer: Layer) {
    list.gather(
      activations.assumingMemoryBound(to: Float.self), length: layer.inputs,
      rowBytes: layer.listedRowBytes)
  }

  /// A layer that takes integers from the layer before it.
  private func runInteger(_ layer: Layer, _ scratch: Scratch) {
    var words = WordList(
      words: scratch.high.assumingMemoryBound(to: UInt32.self), rows: scratch.list.rows)
    words.gather(
      scratch.activations, groups: (layer.inputs &+ 3) >> 2, rowBytes: layer.rowBytes &* 4)
    startSums(layer, scratch.activations)
    IntegerLayer.add(layer, bytes, words, scratch.activations)
    IntegerLayer.finish(layer, bytes, scratch.activations)
  }

  /// A layer that makes integers of its inputs: 14 bits, added up seven by seven.
  private func runQuantizing(_ layer: Layer, _ list: NonZeroList, _ scratch: Scratch) {
    fillDigits(layer, list, scratch)
    let groups = (layer.inputs &+ 3) >> 2
    let sums = scratch.activations
    var words = WordList(
      words: scratch.high.assumingMemoryBound(to: UInt32.self), rows: scratch.list.rows)
    words.gather(scratch.high, groups: groups, rowBytes: layer.rowBytes &* 4)
    sums.clear(count: layer.stride)
    IntegerLayer.add(layer, bytes, words, sums)
    addBias(layer, toSumsShiftedBy: 7, sums)
    words = WordList(
      words: scratch.low.assumingMemoryBound(to: UInt32.self), rows: scratch.list.rows)
    words.gather(scratch.low, groups: groups, rowBytes: layer.rowBytes &* 4)
    IntegerLayer.add(layer, bytes, words, sums)
    IntegerLayer.finish(layer, bytes, sums)
  }

  /// Writes the upper and the lower seven bits of each input.
  private func fillDigits(_ layer: Layer, _ list: NonZeroList, _ scratch: Scratch) {
    let zero = layer.inputZero
    var i = 0
    // Inputs that are not listed are zero; what fills up the last group has no weight.
    while i < roundedUp(layer.inputs, to: 4) {
      scratch.high.storeBytes(
        of: UInt8(truncatingIfNeeded: zero &>> 7), toByteOffset: i, as: UInt8.self)
      scratch.low.storeBytes(
        of: UInt8(truncatingIfNeeded: zero & 127), toByteOffset: i, as: UInt8.self)
      i &+= 1
    }
    // From the last to the first: the list's padding stands for input 0, and must not have the
    // last word.
    i = list.count &- 1
    while i >= 0 {
      let a = IntegerLayer.quantize(list.values[i], layer)
      let at = list.rows[i].int
      scratch.high.storeBytes(
        of: UInt8(truncatingIfNeeded: a &>> 7), toByteOffset: at, as: UInt8.self)
      scratch.low.storeBytes(
        of: UInt8(truncatingIfNeeded: a & 127), toByteOffset: at, as: UInt8.self)
      i &-= 1
    }
  }

  private func startSums(_ layer: Layer, _ sums: UnsafeMutableRawPointer) {
    var at = 0
    while at < layer.stride &* 4 {
      sums.store16((bytes + layer.bias).integers16(at), at)
      at &+= 64
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
