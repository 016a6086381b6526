import CPicket

/// Checks 31, 59 and 60, as far as they are about planes of logarithms and quantiles.
extension Model {
  /// How many knots all tables have.
  @inline(__always)
  var knotCount: Int { BuiltIn.curves ? bytes.word(features.first &+ 20) : 0 }

  /// The byte offset of the knots' values: behind the planes.
  @inline(__always)
  private var knotValues: Int { planeStart(planeCount.int) }

  /// The tables of the plane of quantiles: values, and behind all of them the quantiles.
  @inline(__always)
  var knots: (values: UnsafePointer<Float>, quantiles: UnsafePointer<Float>) {
    let values = (bytes + knotValues).assumingMemoryBound(to: Float.self)
    return (values, values + knotCount)
  }

  /// Finds out which planes are of logarithms and which one is of quantiles.
  ///
  /// The kinds of planes are known, so that their places are.
  @_optimize(size)
  mutating func countCurves() throws(FormatError) {
    let at = features.first
    // Unsigned: on a 32-bit machine a large word is a negative Int.
    let logs = bytes.load(fromByteOffset: at &+ 12, as: UInt32.self)
    let quantiles = bytes.load(fromByteOffset: at &+ 16, as: UInt32.self)
    let count = bytes.load(fromByteOffset: at &+ 20, as: UInt32.self)
    let others = planeCount &- minMaxCount
    let mostKnots = quantiles &* UInt32(truncatingIfNeeded: PICKET_MAX_KNOTS) &* fieldCount
    try require(
      logs <= others && quantiles <= 1 && quantiles <= others &- logs && count <= mostKnots,
      31, PICKET_E_FEATURES)
    try require(BuiltIn.curves || logs | quantiles == 0, 31, PICKET_E_NOT_BUILT_IN)
    quantilePlane = planeCount &- quantiles
    firstCurve = quantilePlane &- logs
  }

  /// Checks tables lane by lane: up to 32 knots where there is an input, and none elsewhere.
  @_optimize(size)
  func checkKnots() throws(FormatError) {
    guard quantilePlane != planeCount else { return }
    let plane = plane(quantilePlane.int)
    let (values, quantiles) = knots
    var knot = 0
    var lane = 0
    while lane < lanes {
      let input = bytes.load(fromByteOffset: plane.inputs &+ lane &* 4, as: UInt32.self)
      // Unsigned, as above; no table is longer than all of them.
      let end = bytes.load(fromByteOffset: plane.knotEnds &+ lane &* 4, as: UInt32.self)
      let count = end &- UInt32(truncatingIfNeeded: knot)
      let fits =
        input == Plane.absent
        ? count == 0 : count >= 1 && count <= UInt32(truncatingIfNeeded: PICKET_MAX_KNOTS)
      try require(fits && end.int <= knotCount, 59, PICKET_E_FEATURES)
      let first = knot
      while knot < end.int {
        let ascends =
          knot == first
          || values[knot &- 1] < values[knot] && quantiles[knot &- 1] <= quantiles[knot]
        try require(
          ascends && isFinite(values[knot]) && isFinite(quantiles[knot]), 60, PICKET_E_FEATURES)
        knot &+= 1
      }
      lane &+= 1
    }
    try require(knot == knotCount, 59, PICKET_E_FEATURES)
  }
}
