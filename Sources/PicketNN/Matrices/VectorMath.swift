/// Elementary functions without branches or calls, so that a loop over them becomes vector code.
enum VectorMath {
  /// The exponential, within 2 units in the last place.
  ///
  /// x is clamped to the range -87.3 to 88.3, where the result is a normal number. x = n ln 2 + r with |r| <= ln 2 / 2; a polynomial of degree 7 gives e^r (coefficients of the
  /// Cephes library) and n goes into the exponent bits.
  @inline(__always)
  static func exp(_ x: Float) -> Float {
    let low = x > -87.3 ? x : -87.3
    let clamped = low < 88.3 ? low : 88.3
    // Adding 1.5 * 2^23 rounds to the nearest integer, which is then the low bits of the sum.
    let shift: Float = 12_582_912
    let shifted = clamped * 1.442_695_04 + shift
    let n = shifted - shift
    let r = (clamped - n * 0.693_359_375) + n * 2.121_944_4e-4
    var p: Float = 1.987_569_15e-4
    p = p * r + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_55e-1
    p = p * r + 5.000_000_1e-1
    let power = p * (r * r) + r + 1
    let exponent = (shifted.bitPattern &- shift.bitPattern &+ 127) &<< 23
    return power * Float(bitPattern: exponent)
  }

  /// The logarithm of 1 + e for e from 0 to 1, within 2e-7.
  ///
  /// It is twice the artanh of e / (2 + e), by its series.
  @inline(__always)
  static func log1p(_ e: Float) -> Float {
    let t = e / (2 + e)
    let s = t * t
    var p: Float = 1 / 13
    p = p * s + 1 / 11
    p = p * s + 1 / 9
    p = p * s + 1 / 7
    p = p * s + 1 / 5
    p = p * s + 1 / 3
    p = p * s + 1
    return 2 * t * p
  }

  /// sqrt(x) for x >= 0, within 2 units in the last place for normal numbers.
  ///
  /// `Float.squareRoot()` may call libm and so keeps a loop scalar. Here a first guess at
  /// 1 / sqrt(x), from halving the exponent, is refined by three steps of Newton's method.
  @inline(__always)
  static func squareRoot(_ x: Float) -> Float {
    let half = 0.5 * x
    var y = Float(bitPattern: 0x5F37_5A86 &- (x.bitPattern &>> 1))
    y *= 1.5 - half * y * y
    y *= 1.5 - half * y * y
    y *= 1.5 - half * y * y
    return x * y
  }

  /// 1 / (1 + e^-x), within 2e-7.
  @inline(__always)
  static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  /// tanh(x) = 1 - 2 / (e^(2x) + 1), within 2e-7.
  @inline(__always)
  static func tanh(_ x: Float) -> Float { 1 - 2 / (exp(2 * x) + 1) }

  /// ln(1 + e^x), stable for any x.
  @inline(__always)
  static func softplus(_ x: Float) -> Float {
    (x > 0 ? x : 0) + log1p(exp(x > 0 ? -x : x))
  }
}
