import CPicket

/// Turns a record into the list of its non-zero network inputs.
extension Model {
  /// Checks a record's values and tells what is unusual about them.
  ///
  /// - Parameters:
  ///   - record: One float for each field.
  ///   - flags: Receives `PICKET_FLAG_` bits.
  /// - Returns: `PICKET_OK`, `PICKET_E_NOT_FINITE` or `PICKET_E_CATEGORY`.
  func examine(_ record: UnsafePointer<Float>, _ flags: inout UInt32) -> Int {
    var status = PICKET_OK
    var i = 0
    while i < fieldCount.int {
      let field = field(i)
      let x = record[i]
      if !isFinite(x) { return PICKET_E_NOT_FINITE }
      if field.kind == PICKET_NUMERIC {
        let outside = x < field.minimum || x > field.maximum
        flags |= outside ? UInt32(truncatingIfNeeded: PICKET_FLAG_OUT_OF_RANGE) : 0
      } else if x == -1 {
        flags |= UInt32(truncatingIfNeeded: PICKET_FLAG_UNKNOWN_CATEGORY)
      } else if !isCategory(x, below: field.categoryCount) {
        status = PICKET_E_CATEGORY
      }
      i &+= 1
    }
    return status
  }

  /// Lists the non-zero inputs of a record that `examine` has passed, rows as byte offsets into
  /// weights of `rowBytes` each.
  ///
  /// - Parameter dense: If not null, also receives all inputs, of which the caller has zeroed
  ///   those that a record can leave out.
  func encode(
    _ record: UnsafePointer<Float>, rowBytes: Int, into list: inout NonZeroList,
    dense: UnsafeMutablePointer<Float>?
  ) {
    var i = 0
    let count = featureCount
    while i < count {
      let feature = feature(i)
      let x = record[feature.field]
      var input = feature.firstInput
      var value: Float
      if feature.operation == Feature.affine {
        value = affineFeature(
          x, offset: feature.offset, scale: feature.scale, low: feature.low, high: feature.high)
      } else {
        let known = x >= 0
        value = known ? 1 : 0
        input &+= known ? categoryNumber(x) : 0
      }
      list.append(value, row: input &* rowBytes)
      if let dense { dense[input] = value }
      i &+= 1
    }
    list.close()
  }
}

/// The integer that a float holds, for 0 <= x < 2^23: adding 2^23 leaves it in the fraction bits,
/// and nothing can trap.
@inline(__always)
func categoryNumber(_ x: Float) -> Int {
  ((x + 8_388_608).bitPattern & 0x7F_FFFF).int
}

/// Whether a float is an integer from 0 up to, not including, `count`.
@inline(__always)
func isCategory(_ x: Float, below count: Int) -> Bool {
  guard x >= 0 && x < 8_388_608 else { return false }
  return (x + 8_388_608) - 8_388_608 == x && categoryNumber(x) < count
}
