import CPicket

/// Checks 57 and 58: the optional section *typical*.
extension Model {
  /// Whether the file holds a record to compare others with.
  var hasTypical: Bool { typical.count != 0 }

  /// The typical record, one float for each field.
  var typicalRecord: UnsafePointer<Float> {
    (bytes + typical.first).assumingMemoryBound(to: Float.self)
  }

  @_optimize(size)
  func checkTypical() throws(FormatError) {
    // A section that is there and empty is no record either.
    guard typical.first != 0 else { return }
    try require(typical.count == fieldCount.int &* 4, 57, PICKET_E_FEATURES)
    var i = 0
    while i < fieldCount.int {
      let x = typicalRecord[i]
      try require(isFinite(x), 58, PICKET_E_FEATURES)
      if field(i).kind == PICKET_SYMBOLIC {
        // The ranges are checked: 0 and category_count - 1, at most 1,023. Adding 2^23 rounds.
        let whole = (x + 8_388_608) - 8_388_608 == x
        try require(
          whole && x >= 0 && x <= bytes.float(maximums &+ i &* 4), 58, PICKET_E_FEATURES)
      }
      i &+= 1
    }
  }
}
