import CPicketKernels

/// Sixteen weights as the file stores them, widened to binary32.
protocol WeightRow {
  /// Bytes of one weight.
  static var bytes: Int { get }
  /// Whether sums of products are still to be multiplied by a scale for each output.
  static var isScaled: Bool { get }
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float>
}

/// Weights in binary32.
enum Float32Row: WeightRow {
  @inline(__always) static var bytes: Int { 4 }
  @inline(__always) static var isScaled: Bool { false }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    row.floats16()
  }
}

/// Weights in binary16, finite ones only: the file was checked.
enum Float16Row: WeightRow {
  @inline(__always) static var bytes: Int { 2 }
  @inline(__always) static var isScaled: Bool { false }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    picket_widen_halves(row)
  }
}

/// Weights as signed bytes.
enum Int8Row: WeightRow {
  @inline(__always) static var bytes: Int { 1 }
  @inline(__always) static var isScaled: Bool { true }

  @inline(__always)
  static func load(_ row: UnsafeRawPointer) -> SIMD16<Float> {
    picket_widen_bytes(row)
  }
}
