// Exponential functions on sixteen lanes. Ours and not libm's: the archive must score alike on
// every machine, and a call for each lane costs more than all of them here.

/// e to the power of x, within 2 units in the last place.
///
/// Infinite where the true value is beyond binary32, so that an overflow shows in the score; below
/// x = -86 the value there. NaN gives NaN. x = n ln 2 + r with |r| <= ln 2 / 2; e^r by a polynomial
/// of degree 6 (Cephes `expf`); 2^n as 2^(n - 1), made of exponent bits, and doubled, so that
/// n = 128 is in reach.
func exponential(_ x: SIMD16<Float>) -> SIMD16<Float> {
  let clamped = clamp(x, -86, 89)
  // Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits.
  let shifter = SIMD16<Float>(repeating: 12_582_912)
  let shifted = clamped * 1.442_695_04 + shifter
  let n = shifted - shifter
  let r = (clamped - n * 0.693_359_375) - n * -2.121_944_4e-4
  var p = SIMD16<Float>(repeating: 1.987_569_15e-4)
  p = p * r + 1.398_199_95e-3
  p = p * r + 8.333_451_9e-3
  p = p * r + 4.166_579_6e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 5.000_000_1e-1
  p = p * r * r + r + 1
  // A product, not an addition of exponents: it keeps a NaN.
  let half = (unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &+ 126) &<< 23
  return p * unsafeBitCast(half, to: SIMD16<Float>.self) * 2
}

/// 1 / (1 + e^-x), the logistic sigmoid.
func logistic(_ x: SIMD16<Float>) -> SIMD16<Float> {
  SIMD16(repeating: 1) / (exponential(-x) + 1)
}

/// tanh x = 1 - 2 / (e^2x + 1) for |x| >= 0.625, and an odd polynomial (Cephes `tanhf`) below,
/// where the difference would lose its digits.
func hyperbolicTangent(_ x: SIMD16<Float>) -> SIMD16<Float> {
  let z = x * x
  var p = SIMD16<Float>(repeating: -5.704_988_73e-3)
  p = p * z + 2.063_908_88e-2
  p = p * z - 5.373_971_24e-2
  p = p * z + 1.333_144_19e-1
  p = p * z - 3.333_328_2e-1
  let small = p * z * x + x
  // Clamped so that e^2x stays in range; tanh 10 is 1 in binary32.
  let bounded = clamp(x, -10, 10)
  let large = 1 - 2 / (exponential(bounded + bounded) + 1)
  return large.replacing(with: small, where: z .< 0.390_625)
}
