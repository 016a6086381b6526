import CPicket
import CPicketKernels

/// A layer in exact integer arithmetic: the same bits on every machine, in any order of additions.
enum IntegerLayer {
  /// Four inputs of 7 bits to a word, and where the weights from them start.
  struct Words {
    let words: UnsafePointer<UInt32>
    /// Byte offsets of rows; null if the words are those of all groups in order.
    let rows: UnsafePointer<UInt32>?
    let count: Int
  }

  /// Adds up products.
  ///
  /// - Parameters:
  ///   - layer: What the file says of it.
  ///   - bytes: The file.
  ///   - inputs: Its inputs.
  ///   - sums: `layer.stride` integers, modulo 2^32: holds what to start from, receives the sums.
  static func add(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: Words, _ sums: UnsafeMutableRawPointer
  ) {
    let weights = bytes + layer.weights
    let groupBytes = layer.rowBytes &* 4
    var at = 0
    #if PICKET_AVX512
      while at &+ 64 <= layer.stride {
        add(IntegerBlock64.self, weights + at &* 4, inputs, groupBytes, sums + at &* 4)
        at &+= 64
      }
    #endif
    #if PICKET_AVX
      while at &+ 32 <= layer.stride {
        add(IntegerBlock32.self, weights + at &* 4, inputs, groupBytes, sums + at &* 4)
        at &+= 32
      }
    #endif
    while at < layer.stride {
      add(IntegerBlock16.self, weights + at &* 4, inputs, groupBytes, sums + at &* 4)
      at &+= 16
    }
  }

  @inline(__always)
  private static func add<Block: IntegerBlock>(
    _: Block.Type, _ column: UnsafeRawPointer, _ inputs: Words, _ groupBytes: Int,
    _ sums: UnsafeMutableRawPointer
  ) {
    var a = Block(UnsafeRawPointer(sums))
    // Two chains of additions, to hide their latency.
    var b = Block.zero
    var i = 0
    if let rows = inputs.rows {
      while i &+ 2 <= inputs.count {
        a.add(inputs.words[i], column + rows[i].int)
        b.add(inputs.words[i &+ 1], column + rows[i &+ 1].int)
        i &+= 2
      }
      if i < inputs.count { a.add(inputs.words[i], column + rows[i].int) }
    } else {
      var row = column
      while i &+ 2 <= inputs.count {
        a.add(inputs.words[i], row)
        b.add(inputs.words[i &+ 1], row + groupBytes)
        row += 2 &* groupBytes
        i &+= 2
      }
      if i < inputs.count { a.add(inputs.words[i], row) }
    }
    a.add(b)
    a.store(sums)
  }

  /// Turns sums into what the next layer reads: bytes if it takes integers, else floats.
  static func finish(_ layer: Layer, _ bytes: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer) {
    let scale = bytes + layer.scale
    let shift = IntegerNumbers(layer, bytes).shift
    var at = 0
    if shift != 0 {
      // In place: sixteen sums are read before their sixteen bytes are written, and no byte lies
      // beyond the sums that were read.
      while at < layer.stride {
        picket_requantize(
          UnsafeRawPointer(sums).integers16(at &* 4), scale.integers16(at &* 4), shift,
          sums + at)
        at &+= 16
      }
      return
    }
    while at < layer.stride {
      let c = picket_floats_of(UnsafeRawPointer(sums).integers16(at &* 4))
      sums.store16(c * scale.floats16(at &* 4), at &* 4)
      at &+= 16
    }
    Activation.apply(layer.activation, slope: layer.slope, sums, count: layer.stride)
  }

  /// Turns a number into an input: clamp(rint(x * scale) + zero, 0, max).
  @inline(__always)
  static func quantize(_ x: Float, _ numbers: IntegerNumbers) -> UInt32 {
    let most: Float = 4_194_304
    let scaled = x * numbers.inputScale
    // The comparisons send a NaN to the lower bound; `Model.run` sees to it that there is no score.
    let bounded = scaled > -most ? (scaled < most ? scaled : most) : -most
    // Adding 1.5 * 2^23 rounds to the nearest integer, ties to even, in the low bits.
    let rounded = Int32(bitPattern: (bounded + 12_582_912).bitPattern) &- 0x4B40_0000
    let shifted = rounded &+ Int32(bitPattern: numbers.inputZero)
    let floor = shifted < 0 ? 0 : shifted
    let most32 = Int32(bitPattern: numbers.inputMax)
    return UInt32(bitPattern: floor < most32 ? floor : most32)
  }
}
