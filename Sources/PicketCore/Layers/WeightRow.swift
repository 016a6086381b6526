import CPicketKernels

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
    row.floats16()
  }
}

/// Weights in binary16, finite ones only: the file was checked.
enum Float16Row: WeightRow {
  @inline(__always) static var bytes: Int { 2 }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    picket_widen_halves(row)
  }
}
