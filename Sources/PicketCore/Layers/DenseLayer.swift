import CPicket

/// y = f(x W + b), for inputs given as a list of those that are not zero.
///
/// W is stored by input, so each input adds one row to all outputs: whole vectors, no horizontal
/// sums. Outputs are taken in blocks that stay in registers while the list passes by. Rows are
/// padded to 16 outputs, so there is no tail anywhere.
enum DenseLayer {
  /// Computes a layer up to its activation: x W + b.
  ///
  /// - Parameters:
  ///   - layer: What the file says of it.
  ///   - bytes: The file.
  ///   - list: Its inputs; rows are byte offsets into its weights.
  ///   - output: Receives `layer.stride` numbers.
  @inline(never)
  static func sums(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ list: NonZeroList,
    _ output: UnsafeMutableRawPointer
  ) {
    let arrays = Arrays(
      weights: bytes + layer.weights, bias: bytes + layer.bias, scale: bytes + layer.scale)
    switch layer.element {
    case PICKET_FLOAT16: product(Float16Row.self, arrays, list, output, layer.stride)
    #if !PICKET_FLOAT_ONLY
      case PICKET_INT8: product(Int8Row.self, arrays, list, output, layer.stride)
    #endif
    default: product(Float32Row.self, arrays, list, output, layer.stride)
    }
  }

  /// Where a layer's numbers lie.
  private struct Arrays {
    let weights: UnsafeRawPointer
    let bias: UnsafeRawPointer
    let scale: UnsafeRawPointer
  }

  /// Runs the product block by block.
  ///
  /// About eight vector registers of sums are in flight: as many as hide the latency of an
  /// addition, and as leave registers for the weights. Wide blocks have one chain of additions,
  /// narrow ones several.
  @inline(__always)
  private static func product<Row: WeightRow>(
    _: Row.Type, _ arrays: Arrays, _ list: NonZeroList, _ output: UnsafeMutableRawPointer,
    _ stride: Int
  ) {
    var at = 0
    #if PICKET_AVX512
      while at &+ 128 <= stride {
        oneChain(Block128.self, Row.self, arrays, list, output, at)
        at &+= 128
      }
      if at &+ 64 <= stride {
        twoChains(Block64.self, Row.self, arrays, list, output, at)
        at &+= 64
      }
      if at &+ 32 <= stride {
        fourChains(Block32.self, Row.self, arrays, list, output, at)
        at &+= 32
      }
      if at < stride { fourChains(Block16.self, Row.self, arrays, list, output, at) }
    #elseif PICKET_AVX
      while at &+ 64 <= stride {
        oneChain(Block64.self, Row.self, arrays, list, output, at)
        at &+= 64
      }
      if at &+ 32 <= stride {
        twoChains(Block32.self, Row.self, arrays, list, output, at)
        at &+= 32
      }
      if at < stride { fourChains(Block16.self, Row.self, arrays, list, output, at) }
    #elseif arch(i386) || arch(riscv64) || arch(riscv32)
      // Eight vector registers, or none and 32 numbers in registers. (MIPS is compiled as riscv32.)
      while at < stride {
        oneChain(Block16.self, Row.self, arrays, list, output, at)
        at &+= 16
      }
    #else
      while at &+ 32 <= stride {
        oneChain(Block32.self, Row.self, arrays, list, output, at)
        at &+= 32
      }
      if at < stride { twoChains(Block16.self, Row.self, arrays, list, output, at) }
    #endif
  }

  @inline(__always)
  private static func oneChain<Block: OutputBlock, Row: WeightRow>(
    _: Block.Type, _: Row.Type, _ arrays: Arrays, _ list: NonZeroList,
    _ output: UnsafeMutableRawPointer, _ at: Int
  ) {
    let column = arrays.weights + at &* Row.bytes
    var a = Row.isScaled ? Block.zero : Block(bias: arrays.bias + at &* 4)
    var i = 0
    while i < list.count {
      a.add(list.values[i], column + list.rows[i].int, Row.self)
      i &+= 1
    }
    if Row.isScaled { a.scale(by: arrays.scale + at &* 4, bias: arrays.bias + at &* 4) }
    a.store(output + at &* 4)
  }

  @inline(__always)
  private static func twoChains<Block: OutputBlock, Row: WeightRow>(
    _: Block.Type, _: Row.Type, _ arrays: Arrays, _ list: NonZeroList,
    _ output: UnsafeMutableRawPointer, _ at: Int
  ) {
    let column = arrays.weights + at &* Row.bytes
    var a = Row.isScaled ? Block.zero : Block(bias: arrays.bias + at &* 4)
    var b = Block.zero
    var i = 0
    while i < list.count {
      a.add(list.values[i], column + list.rows[i].int, Row.self)
      b.add(list.values[i &+ 1], column + list.rows[i &+ 1].int, Row.self)
      i &+= 2
    }
    a.add(b)
    if Row.isScaled { a.scale(by: arrays.scale + at &* 4, bias: arrays.bias + at &* 4) }
    a.store(output + at &* 4)
  }

  @inline(__always)
  private static func fourChains<Block: OutputBlock, Row: WeightRow>(
    _: Block.Type, _: Row.Type, _ arrays: Arrays, _ list: NonZeroList,
    _ output: UnsafeMutableRawPointer, _ at: Int
  ) {
    let column = arrays.weights + at &* Row.bytes
    var a = Row.isScaled ? Block.zero : Block(bias: arrays.bias + at &* 4)
    var b = Block.zero
    var c = Block.zero
    var d = Block.zero
    var i = 0
    while i < list.count {
      a.add(list.values[i], column + list.rows[i].int, Row.self)
      b.add(list.values[i &+ 1], column + list.rows[i &+ 1].int, Row.self)
      c.add(list.values[i &+ 2], column + list.rows[i &+ 2].int, Row.self)
      d.add(list.values[i &+ 3], column + list.rows[i &+ 3].int, Row.self)
      i &+= 4
    }
    a.add(b)
    c.add(d)
    a.add(c)
    if Row.isScaled { a.scale(by: arrays.scale + at &* 4, bias: arrays.bias + at &* 4) }
    a.store(output + at &* 4)
  }
}
