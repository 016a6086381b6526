/// ln x for a positive, normal, finite x, within 3e-7 relative or absolute, whichever is larger.
///
/// x = m 2^e with √½ <= m < √2; ln x = e ln 2 + ln m; with s = (m - 1) / (m + 1), |s| < 0.172,
/// ln m = 2 (s + s³/3 + s⁵/5 + s⁷/7 + ...), of which four terms leave 2e-8.
func naturalLogarithm(_ x: Float) -> Float {
  // The bits of √½: adding what is missing to 1 moves the exponent where m would be below √½.
  let shifted = x.bitPattern &+ (0x3F80_0000 &- 0x3F35_04F3)
  let exponent = (shifted &>> 23).int &- 127
  let m = Float(bitPattern: (shifted & 0x7F_FFFF) &+ 0x3F35_04F3)
  let s = (m - 1) / (m + 1)
  let z = s * s
  let series = ((z * (1 / 7) + 1 / 5) * z + 1 / 3) * z + 1
  return Float(exponent) * 0.693_147_18 + 2 * s * series
}
