import CPicket

#if PICKET_AVX
  import CPicketKernels
#endif

/// Turns a record into the list of its non-zero network inputs, sixteen fields at a time.
extension Model {
  /// Checks a record and lists its inputs.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - rowBytes: Bytes from one row of weights to the next.
  ///   - list: Receives the non-zero inputs.
  ///   - spare: 64 bytes to work in.
  ///   - flags: Receives `PICKET_FLAG_` bits.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE` or `PICKET_E_CATEGORY`.
  func encode(
    _ record: UnsafePointer<Float>, rowBytes: Int, into list: inout NonZeroList,
    spare: UnsafeMutableRawPointer, _ flags: inout UInt32
  ) -> Int {
    var outside = SIMD16<UInt32>.zero
    var lane = 0
    while lane < fieldCount.int {
      let x = fields16(record, lane, spare)
      // What is not finite is not within a range either.
      outside.replace(with: 1, where: .!(x .>= vector(minimums, lane)))
      outside.replace(with: 1, where: .!(x .<= vector(maximums, lane)))
      var i = 0
      while i < firstCurve.int {
        append(x, plane(i), lane, rowBytes, to: &list)
        i &+= 1
      }
      if i < planeCount.int { appendCurves(record, lane, rowBytes, to: &list, spare) }
      lane &+= 16
    }
    if !isZero(outside) {
      let refusal = explain(record, &flags)
      guard refusal == PICKET_OK else { return refusal }
    }
    return appendOneHots(record, rowBytes, to: &list) ? PICKET_OK : PICKET_E_CATEGORY
  }

  /// Sixteen fields of a record, zeros beyond its end, of which not a byte is read.
  @inline(__always)
  func fields16(
    _ record: UnsafePointer<Float>, _ lane: Int, _ spare: UnsafeMutableRawPointer
  ) -> SIMD16<Float> {
    let left = fieldCount.int &- lane
    if left >= 16 {
      return UnsafeRawPointer(record + lane).floats16()
    }
    #if PICKET_AVX
      return picket_load_first(record + lane, left)
    #else
      spare.store16(SIMD16<Float>.zero)
      var i = 0
      while i < left {
        spare.storeBytes(of: record[lane &+ i], toByteOffset: i &* 4, as: Float.self)
        i &+= 1
      }
      return UnsafeRawPointer(spare).floats16()
    #endif
  }

  @inline(__always)
  private func vector(_ array: Int, _ lane: Int) -> SIMD16<Float> {
    bytes.floats16(array &+ lane &* 4)
  }

  /// Lists the inputs that a plane makes of sixteen fields.
  @inline(__always)
  private func append(
    _ x: SIMD16<Float>, _ plane: Plane, _ lane: Int, _ rowBytes: Int, to list: inout NonZeroList
  ) {
    list.append(
      scaled16(x, plane, lane), inputs: bytes + (plane.inputs &+ lane &* 4), rowBytes: rowBytes)
  }

  /// What a plane that is no curve makes of sixteen fields: `affineFeature` in each lane.
  @inline(__always)
  func scaled16(_ x: SIMD16<Float>, _ plane: Plane, _ lane: Int) -> SIMD16<Float> {
    let scaled = (x - vector(plane.offsets, lane)) * vector(plane.scales, lane)
    // One bound after the other: few vectors are alive at a time.
    let low = plane.isMinMax ? .zero : vector(plane.lows, lane)
    let atLeast = low.replacing(with: scaled, where: scaled .> low)
    let high = plane.isMinMax ? SIMD16(repeating: 1) : vector(plane.highs, lane)
    return high.replacing(with: atLeast, where: atLeast .< high)
  }

  /// Lists the inputs of the symbolic fields.
  ///
  /// - Returns: Whether all hold a category or -1, of numbers that lie in range.
  @inline(__always)
  private func appendOneHots(
    _ record: UnsafePointer<Float>, _ rowBytes: Int, to list: inout NonZeroList
  ) -> Bool {
    var whole = true
    var i = 0
    while i < oneHotCount.int {
      let at = oneHot(i)
      let x = record[bytes.word(at)]
      let known = x >= 0
      whole = whole && (!known || isWhole(x))
      let category = categoryNumber(known ? x : 0)
      list.append(known ? 1 : 0, row: (bytes.word(at &+ 4) &+ category) &* rowBytes)
      i &+= 1
    }
    return whole
  }

  /// Whether the symbolic fields of a record that lie in range hold whole numbers.
  func hasWholeCategories(_ record: UnsafePointer<Float>) -> Bool {
    var whole = true
    var i = 0
    while i < oneHotCount.int {
      let x = record[bytes.word(oneHot(i))]
      whole = whole && (x < 0 || isWhole(x))
      i &+= 1
    }
    return whole
  }

  /// Whether a number from 0 up to less than 2²³ is whole.
  @inline(__always)
  private func isWhole(_ x: Float) -> Bool { (x + 8_388_608) - 8_388_608 == x }

  /// Finds out which fields lie outside their ranges.
  ///
  /// - Returns: `PICKET_OK`; `PICKET_E_NOT_FINITE` if one is not a finite number;
  ///   `PICKET_E_CATEGORY` if a symbolic one is not unknown, -1, either.
  func explain(_ record: UnsafePointer<Float>, _ flags: inout UInt32) -> Int {
    var status = PICKET_OK
    var i = 0
    while i < fieldCount.int {
      let x = record[i]
      guard isFinite(x) else { return PICKET_E_NOT_FINITE }
      if x < bytes.float(minimums &+ i &* 4) || x > bytes.float(maximums &+ i &* 4) {
        if field(i).kind == PICKET_NUMERIC {
          flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_OUT_OF_RANGE)
        } else {
          if x != -1 { status = PICKET_E_CATEGORY }
          flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_UNKNOWN_CATEGORY)
        }
      }
      i &+= 1
    }
    return status
  }
}
