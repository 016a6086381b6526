#if PICKET_F16C
  import CPicketKernels
#endif

/// Sixteen weights as the file stores them, widened to binary32.
protocol WeightRow {
  /// Bytes of one weight.
  static var bytes: Int { get }
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float>
}

/// Weights in binary32.
enum Float32Row: WeightRow {
  @inline(__always) static var bytes: Int { 4 }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    row.loadUnaligned(as: SIMD16<Float>.self)
  }
}

/// Weights in binary16, finite ones only: the file was checked.
enum Float16Row: WeightRow {
  @inline(__always) static var bytes: Int { 2 }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    #if PICKET_F16C
      return picket_widen_halves(row)
    #else
      // Exponent and fraction moved into place are the number times 2^-112, subnormals included;
      // one multiplication puts the exponent right. No processor support is needed.
      let half = row.loadUnaligned(as: SIMD16<UInt16>.self)
      let bits = SIMD16<UInt32>(truncatingIfNeeded: half)
      let magnitude = unsafeBitCast((bits & 0x7FFF) &<< 13, to: SIMD16<Float>.self)
      let scaled = magnitude * Float(bitPattern: 0x7780_0000)
      let sign = (bits & 0x8000) &<< 16
      return unsafeBitCast(
        unsafeBitCast(scaled, to: SIMD16<UInt32>.self) | sign, to: SIMD16<Float>.self)
    #endif
  }
}
