#if PICKET_AVX512
  import CPicketKernels
#endif

/// The inputs of a layer that are not zero, in order: their values, and where their rows of weights
/// start.
///
/// Inputs that are zero add nothing, so they are left out before the multiplications, without a
/// branch: testing them inside would mispredict and cost more than it saves. The list is padded
/// with zeros of row 0, so that kernels take four rows at a time and have no tail.
struct NonZeroList {
  /// Rows that a kernel takes at a time.
  static var group: Int { 4 }

  let values: UnsafeMutablePointer<Float>
  let rows: UnsafeMutablePointer<UInt32>
  private(set) var count = 0

  init(values: UnsafeMutablePointer<Float>, rows: UnsafeMutablePointer<UInt32>) {
    self.values = values
    self.rows = rows
  }

  /// Appends an input unless it is zero.
  ///
  /// - Parameters:
  ///   - value: The input.
  ///   - row: The byte offset of its row of weights.
  @inline(__always)
  mutating func append(_ value: Float, row: Int) {
    values[count] = value
    rows[count] = UInt32(truncatingIfNeeded: row)
    count &+= value != 0 ? 1 : 0
  }

  /// Pads the list to whole groups.
  @inline(__always)
  mutating func close() {
    var i = 0
    while i < NonZeroList.group &- 1 {
      values[count &+ i] = 0
      rows[count &+ i] = 0
      i &+= 1
    }
    count = roundedUp(count, to: NonZeroList.group)
  }

  /// Replaces the list by the non-zero ones of a dense vector.
  ///
  /// - Parameters:
  ///   - dense: The vector, padded with anything to a multiple of 16.
  ///   - length: How many of its numbers count.
  ///   - rowBytes: Bytes from one row of weights to the next.
  mutating func gather(_ dense: UnsafePointer<Float>, length: Int, rowBytes: Int) {
    count = 0
    var i = 0
    #if PICKET_AVX512
      let bytes = UInt32(truncatingIfNeeded: rowBytes)
      while i &+ 16 <= length {
        let row = UInt32(truncatingIfNeeded: i &* rowBytes)
        count &+= picket_append_nonzero(dense + i, row, bytes, values + count, rows + count)
        i &+= 16
      }
    #endif
    while i < length {
      append(dense[i], row: i &* rowBytes)
      i &+= 1
    }
    close()
  }
}
