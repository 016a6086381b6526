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
}
