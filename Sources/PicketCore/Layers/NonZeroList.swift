import CPicketKernels

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
  @inline(__always)
  mutating func append(_ value: Float, row: Int) {
    values[count] = value
    rows[count] = UInt32(truncatingIfNeeded: row)
    count &+= value != 0 ? 1 : 0
  }

  /// Appends those of sixteen inputs that are not zero.
  ///
  /// - Parameters:
  ///   - inputs: Sixteen u32, the numbers of the inputs.
  ///   - rowBytes: Bytes from one row of weights to the next.
  @inline(__always)
  mutating func append(_ sixteen: SIMD16<Float>, inputs: UnsafeRawPointer, rowBytes: Int) {
    let bytes = UInt32(truncatingIfNeeded: rowBytes)
    #if PICKET_AVX512
      let offsets = inputs.words16() &* SIMD16(repeating: bytes)
      count &+= picket_append_nonzero(sixteen, offsets, values + count, rows + count)
    #else
      // Through memory: a lane of a vector cannot be picked by number without a check that traps.
      UnsafeMutableRawPointer(values + count).store16(sixteen)
      keepNonZero(inputs, rowBytes: bytes)
    #endif
  }

  #if !PICKET_AVX512
    /// Appends those that are not zero of sixteen inputs that were written behind the last.
    @inline(never)
    private mutating func keepNonZero(_ inputs: UnsafeRawPointer, rowBytes: UInt32) {
      let lanes = values + count
      // Never ahead of the lane that is read next.
      var kept = 0
      #if PICKET_AVX
        var bits = picket_nonzero_bits(UnsafeRawPointer(lanes).floats16())
        while bits != 0 {
          let i = bits.trailingZeroBitCount
          lanes[kept] = lanes[i]
          rows[count &+ kept] = inputs.load(fromByteOffset: i &* 4, as: UInt32.self) &* rowBytes
          kept &+= 1
          bits &= bits &- 1
        }
      #else
        var i = 0
        while i < 16 {
          let value = lanes[i]
          lanes[kept] = value
          rows[count &+ kept] = inputs.load(fromByteOffset: i &* 4, as: UInt32.self) &* rowBytes
          kept &+= value != 0 ? 1 : 0
          i &+= 1
        }
      #endif
      count &+= kept
    }
  #endif

  /// The list as a layer takes it.
  @inline(__always)
  var listed: picket_rows {
    picket_rows(values: values, offsets: rows, count: count)
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

  /// The number of a listed input, if inputs were listed with rows of one byte.
  @inline(__always)
  func input(_ index: Int) -> Int { rows[index].int & 0xFFFF }

  /// The number of its field, of differences alone.
  @inline(__always)
  func field(_ index: Int) -> Int { rows[index].int &>> 16 }

  /// Writes the inputs to their places in a dense vector, if they were listed with rows of one byte.
  ///
  /// From the last to the first: the padding stands for input 0, and must not have the last word.
  func scatter(to dense: UnsafeMutablePointer<Float>) {
    var i = count &- 1
    while i >= 0 {
      dense[input(i)] = values[i]
      i &-= 1
    }
  }

  /// Replaces the values by those at their inputs' places in a dense vector.
  func gather(from dense: UnsafePointer<Float>) {
    var i = 0
    while i < count {
      values[i] = dense[input(i)]
      i &+= 1
    }
  }

  /// Whether one of the values is not a number.
  var holdsNaN: Bool {
    var found: UInt32 = 0
    var i = 0
    while i < count {
      found |= values[i] != values[i] ? 1 : 0
      i &+= 1
    }
    return found != 0
  }

  /// Replaces values by words of integer arithmetic, and numbers of inputs by the offsets of the
  /// weights of their groups.
  ///
  /// - Parameters:
  ///   - layer: The layer that reads them.
  ///   - numbers: What is its own in integer arithmetic.
  ///   - low: Receives the words of the lower seven bits; those of the upper seven take the places
  ///     of the values.
  ///   - isLittleEndian: Whether byte 0 of a word in memory is its lowest.
  @inline(__always)
  func quantize(
    _ layer: Layer, _ numbers: IntegerNumbers, low: UnsafeMutablePointer<UInt32>,
    isLittleEndian: Bool
  ) {
    let groupBytes = SIMD16(repeating: UInt32(truncatingIfNeeded: layer.rowBytes &* 4))
    let values = UnsafeMutableRawPointer(values)
    let rows = UnsafeMutableRawPointer(rows)
    let lower = UnsafeMutableRawPointer(low)
    let three = SIMD16<UInt32>(repeating: 3)
    let digit = SIMD16<UInt32>(repeating: 127)
    let seven = SIMD16<UInt32>(repeating: 7)
    // Byte k of a word in memory is input k of its group.
    let flip = SIMD16<UInt32>(repeating: isLittleEndian ? 0 : 24)
    var at = 0
    // Up to fifteen numbers behind the list are turned as well, into nothing that is read.
    while at < count &* 4 {
      let a = IntegerLayer.quantize16(UnsafeRawPointer(values).floats16(at), numbers)
      let input = UnsafeRawPointer(rows).words16(at)
      let shift = ((input & three) &<< three) ^ flip
      values.store16((a &>> seven) &<< shift, at)
      lower.store16((a & digit) &<< shift, at)
      rows.store16((input &>> SIMD16(repeating: 2)) &* groupBytes, at)
      at &+= 64
    }
  }

  /// Replaces the rows by those of a number of inputs, whether they are zero or not.
  func listAll(_ inputs: Int, rowBytes: Int) {
    var i = 0
    while i < inputs {
      rows[i] = UInt32(truncatingIfNeeded: i &* rowBytes)
      i &+= 1
    }
  }

  /// Empties the list.
  @inline(__always)
  mutating func removeAll() {
    count = 0
  }

  /// Multiplies the rows, after they were listed with rows of one byte.
  @inline(__always)
  func scaleRows(by rowBytes: Int) {
    let factor = SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: rowBytes))
    let rows = UnsafeMutableRawPointer(rows)
    var at = 0
    while at < count &* 4 {
      let scaled = UnsafeRawPointer(rows).words16(at) &* factor
      rows.store16(scaled, at)
      at &+= 64
    }
  }

  /// Replaces the list by the non-zero ones of a dense vector.
  ///
  /// - Parameters:
  ///   - dense: The vector, padded with anything to a multiple of 16.
  ///   - length: How many of its numbers count.
  ///   - rowBytes: Bytes from one row of weights to the next.
  mutating func gather(_ dense: UnsafePointer<Float>, length: Int, rowBytes: Int) {
    count = 0
    append(dense, length: length, firstRow: 0, rowBytes: rowBytes)
    close()
  }

  /// Appends those of `length` inputs that are not zero, the first of which has row `firstRow`.
  @inline(never)
  mutating func append(
    _ dense: UnsafePointer<Float>, length: Int, firstRow: Int, rowBytes: Int
  ) {
    var i = 0
    #if PICKET_AVX512
      let bytes = UInt32(truncatingIfNeeded: rowBytes)
      let lane = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      let first = SIMD16(repeating: UInt32(truncatingIfNeeded: firstRow))
      var offsets = (lane &+ first) &* SIMD16(repeating: bytes)
      let step = SIMD16<UInt32>(repeating: bytes &* 16)
      while i &+ 16 <= length {
        let x = UnsafeRawPointer(dense + i).floats16()
        count &+= picket_append_nonzero(x, offsets, values + count, rows + count)
        offsets &+= step
        i &+= 16
      }
    #endif
    while i < length {
      append(dense[i], row: (firstRow &+ i) &* rowBytes)
      i &+= 1
    }
  }
}
