import CPicket
import CPicketKernels

/// A layer in exact integer arithmetic: the same bits on every machine, in any order of additions.
enum IntegerLayer {
  /// Adds up bias and products.
  ///
  /// - Parameters:
  ///   - layer: What the file says of it.
  ///   - bytes: The file.
  ///   - list: Its inputs, 7 bits each.
  ///   - sums: `layer.stride` integers, modulo 2^32: holds what to start from, receives the sums.
  static func add(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ list: WordList, _ sums: UnsafeMutableRawPointer
  ) {
    let weights = bytes + layer.weights
    var at = 0
    #if PICKET_AVX512
      while at &+ 64 <= layer.stride {
        add64(weights + at &* 4, list, sums + at &* 4)
        at &+= 64
      }
    #endif
    while at < layer.stride {
      add16(weights + at &* 4, list, sums + at &* 4)
      at &+= 16
    }
  }

  @inline(__always)
  private static func add16(
    _ column: UnsafeRawPointer, _ list: WordList, _ sums: UnsafeMutableRawPointer
  ) {
    var a = UnsafeRawPointer(sums).integers16()
    var b = SIMD16<Int32>.zero
    var i = 0
    while i < list.count {
      a = picket_dot4(a, list.words[i], column + list.rows[i].int)
      b = picket_dot4(b, list.words[i &+ 1], column + list.rows[i &+ 1].int)
      i &+= 2
    }
    sums.store16(a &+ b)
  }

  #if PICKET_AVX512
    @inline(__always)
    private static func add64(
      _ column: UnsafeRawPointer, _ list: WordList, _ sums: UnsafeMutableRawPointer
    ) {
      var a0 = UnsafeRawPointer(sums).integers16()
      var a1 = UnsafeRawPointer(sums).integers16(64)
      var a2 = UnsafeRawPointer(sums).integers16(128)
      var a3 = UnsafeRawPointer(sums).integers16(192)
      var b0 = SIMD16<Int32>.zero
      var b1 = b0
      var b2 = b0
      var b3 = b0
      var i = 0
      while i < list.count {
        let row = column + list.rows[i].int
        let word = list.words[i]
        a0 = picket_dot4(a0, word, row)
        a1 = picket_dot4(a1, word, row + 64)
        a2 = picket_dot4(a2, word, row + 128)
        a3 = picket_dot4(a3, word, row + 192)
        let other = column + list.rows[i &+ 1].int
        let next = list.words[i &+ 1]
        b0 = picket_dot4(b0, next, other)
        b1 = picket_dot4(b1, next, other + 64)
        b2 = picket_dot4(b2, next, other + 128)
        b3 = picket_dot4(b3, next, other + 192)
        i &+= 2
      }
      sums.store16(a0 &+ b0)
      sums.store16(a1 &+ b1, 64)
      sums.store16(a2 &+ b2, 128)
      sums.store16(a3 &+ b3, 192)
    }
  #endif

  /// Turns sums into what the next layer reads: bytes if it takes integers, else floats.
  static func finish(_ layer: Layer, _ bytes: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer) {
    let scale = bytes + layer.scale
    var at = 0
    if layer.shift != 0 {
      // In place: sixteen sums are read before their sixteen bytes are written, and no byte lies
      // beyond the sums that were read.
      while at < layer.stride {
        picket_requantize(
          UnsafeRawPointer(sums).integers16(at &* 4), scale.integers16(at &* 4), layer.shift,
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
  static func quantize(_ x: Float, _ layer: Layer) -> UInt32 {
    let most: Float = 4_194_304
    let scaled = x * layer.inputScale
    // The comparisons send a NaN to the lower bound; the score then tells nothing of it, but
    // inputs are finite, and so are the sums that other inputs come from.
    let bounded = scaled > -most ? (scaled < most ? scaled : most) : -most
    // Adding 1.5 * 2^23 rounds to the nearest integer, ties to even, in the low bits.
    let rounded = Int32(bitPattern: (bounded + 12_582_912).bitPattern) &- 0x4B40_0000
    let shifted = rounded &+ Int32(bitPattern: layer.inputZero)
    let floor = shifted < 0 ? 0 : shifted
    let most32 = Int32(bitPattern: layer.inputMax)
    return UInt32(bitPattern: floor < most32 ? floor : most32)
  }
}
