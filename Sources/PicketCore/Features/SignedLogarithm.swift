/// sign(x) ln(1 + |x|) of sixteen finite numbers, each within 3e-7 relative.
///
/// Odd and monotone over all floats. 1 + |x| = m 2^e with √½ <= m < √2; ln = e ln 2 + ln m, ln m by
/// a polynomial of m - 1 (Cephes `logf`). Where e is 0, |x| itself stands for m - 1, so that no
/// digit of a small x is lost.
public func signedLogarithm(_ x: SIMD16<Float>) -> SIMD16<Float> {
  let signBit: UInt32 = 0x8000_0000
  let bits = unsafeBitCast(x, to: SIMD16<UInt32>.self)
  let magnitude = unsafeBitCast(bits & ~signBit, to: SIMD16<Float>.self)
  let y = naturalLogarithm(magnitude + 1, excess: magnitude)
  let signed = unsafeBitCast(y, to: SIMD16<UInt32>.self) | (bits & signBit)
  return unsafeBitCast(signed, to: SIMD16<Float>.self)
}

/// ln u of sixteen positive, normal, finite numbers.
///
/// - Parameter excess: u - 1, with more digits than u has where the caller knows them; looked at
///   where √½ <= u < √2.
func naturalLogarithm(_ u: SIMD16<Float>, excess: SIMD16<Float>) -> SIMD16<Float> {
  // The bits of √½: adding what is missing to 1 moves the exponent where m would be below √½.
  let shifted = unsafeBitCast(u, to: SIMD16<UInt32>.self) &+ (0x3F80_0000 &- 0x3F35_04F3)
  let exponent = SIMD16<Int32>(truncatingIfNeeded: shifted &>> 23) &- 127
  let m = unsafeBitCast((shifted & 0x7F_FFFF) &+ 0x3F35_04F3, to: SIMD16<Float>.self)
  let f = (m - 1).replacing(with: excess, where: exponent .== 0)
  let e = SIMD16<Float>(exponent)
  let z = f * f
  var p = SIMD16<Float>(repeating: 7.037_683_6e-2)
  p = p * f - 1.151_461_03e-1
  p = p * f + 1.167_699_87e-1
  p = p * f - 1.242_014_08e-1
  p = p * f + 1.424_932_28e-1
  p = p * f - 1.666_805_77e-1
  p = p * f + 2.000_071_48e-1
  p = p * f - 2.499_999_4e-1
  p = p * f + 3.333_333_1e-1
  let rest = (p * f * z - z * 0.5) + e * -2.121_944_4e-4
  return (f + rest) + e * 0.693_359_375
}
