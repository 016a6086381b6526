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
    picket_share_above(bytes + calibration.first, calibrationCount, score)
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
