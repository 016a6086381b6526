import CPicketKernels

/// Reads of numbers at offsets that the caller has checked.
extension UnsafeRawPointer {
  @inline(__always)
  func word(_ offset: Int) -> Int {
    Int(truncatingIfNeeded: load(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  func float(_ offset: Int) -> Float {
    load(fromByteOffset: offset, as: Float.self)
  }

  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Sixteen numbers at an address that is a multiple of 4, as the file, records and scratch have.
  ///
  /// `loadUnaligned` promises nothing: where the processor loads aligned words only, it would read
  /// them byte by byte.
  @inline(__always)
  func floats16(_ offset: Int = 0) -> SIMD16<Float> {
    picket_load_floats(self + offset)
  }

  /// Sixteen words at an address that is a multiple of 4.
  @inline(__always)
  func words16(_ offset: Int = 0) -> SIMD16<UInt32> {
    unsafeBitCast(floats16(offset), to: SIMD16<UInt32>.self)
  }

  /// Whether all bytes from `start` up to, not including, `end` are zero.
  @inline(never)
  func isZero(_ start: Int, _ end: Int) -> Bool {
    var any: UInt8 = 0
    var i = start
    while i < end {
      any |= byte(i)
      i &+= 1
    }
    return any == 0
  }
}

extension UnsafeMutableRawPointer {
  /// Stores sixteen numbers at an address that is a multiple of 4.
  @inline(__always)
  func store16(_ numbers: SIMD16<Float>, _ offset: Int = 0) {
    picket_store_floats(self + offset, numbers)
  }

  @inline(__always)
  func store16(_ words: SIMD16<UInt32>, _ offset: Int = 0) {
    store16(unsafeBitCast(words, to: SIMD16<Float>.self), offset)
  }

  @inline(__always)
  func store16(_ integers: SIMD16<Int32>, _ offset: Int = 0) {
    store16(unsafeBitCast(integers, to: SIMD16<Float>.self), offset)
  }

  /// Zeros at the places of `count` numbers, rounded up to sixteen.
  @inline(__always)
  func clear(count: Int) {
    var at = 0
    while at < count &* 4 {
      store16(SIMD16<Float>.zero, at)
      at &+= 64
    }
  }
}

/// The least multiple of `step`, a power of two, that is not below `n`.
@inline(__always)
func roundedUp(_ n: Int, to step: Int) -> Int {
  (n &+ step &- 1) & ~(step &- 1)
}

/// Whether a number is neither NaN nor infinite, by one integer comparison.
@inline(__always)
func isFinite(_ x: Float) -> Bool {
  x.bitPattern & 0x7F80_0000 != 0x7F80_0000
}

extension UInt32 {
  /// The same number as an `Int`, without the trap that `Int(self)` carries on 32-bit machines.
  @inline(__always)
  var int: Int { Int(truncatingIfNeeded: self) }

  /// The float nearest to this number.
  @inline(__always)
  var float: Float { picket_nearest_float(self) }
}
