import CPicket

/// Turns a record into the list of its non-zero network inputs, a field at a time.
///
/// In the order of the other archives: planes within sixteen fields, then the symbolic ones.
extension Model {
  /// Checks a record and lists its inputs.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - inputs: Receives the non-zero inputs.
  ///   - flags: Receives `PICKET_FLAG_` bits.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE` or `PICKET_E_CATEGORY`.
  @inline(never)
  func encode(
    _ record: UnsafePointer<Float>, into inputs: inout ShortList, _ flags: inout UInt32
  ) -> Int {
    let status = check(record, &flags)
    guard status == PICKET_OK else { return status }
    let rowBytes = layer(0).rowBytes
    var block = 0
    while block < fieldCount.int {
      let end = min(block &+ 16, fieldCount.int)
      var i = 0
      while i < planeCount.int {
        append(record, block, end, plane(i), rowBytes, to: &inputs)
        i &+= 1
      }
      block = end
    }
    var i = 0
    while i < oneHotCount.int {
      let at = oneHot(i)
      let x = record[bytes.word(at)]
      let category = categoryNumber(x >= 0 ? x : 0)
      inputs.append(x >= 0 ? 1 : 0, row: (bytes.word(at &+ 4) &+ category) &* rowBytes)
      i &+= 1
    }
    return PICKET_OK
  }

  /// Looks at each number of a record.
  private func check(_ record: UnsafePointer<Float>, _ flags: inout UInt32) -> Int {
    var status = PICKET_OK
    var i = 0
    while i < fieldCount.int {
      let x = record[i]
      guard isFinite(x) else { return PICKET_E_NOT_FINITE }
      let isOutside =
        x < bytes.float(minimums &+ i &* 4) || x > bytes.float(maximums &+ i &* 4)
      if field(i).kind == PICKET_NUMERIC {
        if isOutside { flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_OUT_OF_RANGE) }
      } else if x == PICKET_UNKNOWN {
        flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_UNKNOWN_CATEGORY)
      } else if isOutside || (x + 8_388_608) - 8_388_608 != x {
        // A later field that is not finite comes first.
        status = PICKET_E_CATEGORY
      }
      i &+= 1
    }
    return status
  }

  /// Lists the inputs that a plane makes of some fields: 0, which is not listed, where it has none.
  @inline(__always)
  private func append(
    _ record: UnsafePointer<Float>, _ start: Int, _ end: Int, _ plane: Plane, _ rowBytes: Int,
    to inputs: inout ShortList
  ) {
    var lane = start
    while lane < end {
      let at = lane &* 4
      let value = affineFeature(
        record[lane], offset: bytes.float(plane.offsets &+ at),
        scale: bytes.float(plane.scales &+ at),
        low: plane.isMinMax ? 0 : bytes.float(plane.lows &+ at),
        high: plane.isMinMax ? 1 : bytes.float(plane.highs &+ at))
      inputs.append(value, row: bytes.word(plane.inputs &+ at) &* rowBytes)
      lane &+= 1
    }
  }
}
