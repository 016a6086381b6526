import CPicket
import CPicketKernels

/// Scores against the calibration table.
extension Model {
  /// The smallest tail that the table can tell.
  public var smallestTail: Float { calibrationTail(calibrationCount &- 1) }

  /// Whether a score lies above the whole table.
  func isBeyondTable(_ score: Float) -> Bool {
    score > calibrationScore(calibrationCount &- 1)
  }

  /// A finite score with what it is worth.
  func judged(_ value: Float, _ flags: UInt32) -> picket_result {
    let beyond = isBeyondTable(value) ? UInt32(truncatingIfNeeded: PICKET_FLAG_BEYOND_TABLE) : 0
    return picket_result(score: value, p_value: pValue(value), flags: flags | beyond)
  }

  /// The share of normal records expected to score this or higher.
  ///
  /// - Parameter score: A finite score.
  /// - Returns: A number in (0, 1].
  @inline(never)
  public func pValue(_ score: Float) -> Float {
    guard score >= calibrationScore(0) else { return 1 }
    let low = picket_last_not_above(bytes + calibration.first, calibrationCount, score)
    #if PICKET_AVX
      // A branch would cost more: behind the last point, what follows ends at its tail.
      let high = min(low &+ 1, calibrationCount &- 1)
    #else
      let high = low &+ 1
      guard high < calibrationCount else { return calibrationTail(low) }
    #endif
    let s0 = calibrationScore(low)
    let t0 = calibrationTail(low)
    let t1 = calibrationTail(high)
    // Halves, because the difference of two finite scores may not be finite.
    let part = (score * 0.5 - s0 * 0.5) / (calibrationScore(high) * 0.5 - s0 * 0.5)
    // Not a number where the points' halves are alike: the least of it and t0 is t0.
    let atMost = picket_least(t0 + (t1 - t0) * part, t0)
    return picket_greatest(atMost, t1)
  }

  /// The smallest score whose p-value is not above a rate.
  ///
  /// - Parameter rate: At least `smallestTail`.
  /// - Returns: A finite score.
  public func threshold(_ rate: Float) -> Float {
    guard rate < calibrationTail(0) else { return calibrationScore(0) }
    // The first point whose tail is not above the rate; there is one.
    var low = 0
    var high = calibrationCount &- 1
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      if calibrationTail(middle) <= rate { high = middle } else { low = middle }
    }
    // Between them, the first float whose p-value is not above the rate, by bisection: p-values never
    // rise with the score, and a formula for the inverse would miss by a rounding.
    var above = ordinal(calibrationScore(low))
    var within = ordinal(calibrationScore(high))
    while UInt32(bitPattern: within &- above) > 1 {
      let half = UInt32(bitPattern: within &- above) &>> 1
      let middle = above &+ Int32(bitPattern: half)
      if pValue(number(middle)) <= rate { within = middle } else { above = middle }
    }
    return number(within)
  }

  /// The place of a finite float among all floats in order; zero of both signs is 0.
  @inline(__always)
  private func ordinal(_ x: Float) -> Int32 {
    let bits = Int32(bitPattern: x.bitPattern)
    return bits >= 0 ? bits : Int32.min &- bits
  }

  /// The float at a place.
  @inline(__always)
  private func number(_ place: Int32) -> Float {
    Float(bitPattern: UInt32(bitPattern: place >= 0 ? place : Int32.min &- place))
  }
}
