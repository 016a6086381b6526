/// Reads one decimal number that fills the whole of a text.
///
/// The grammar is `[+-] digits [. digits] [(e|E) [+-] digits]`, with at least one digit before or
/// after the point. Refused: an empty text, spaces, `nan`, `inf`, hexadecimal, anything after the
/// number, and a number too large for a `Float`. A number too small becomes zero.
///
/// The result is the nearest `Float`, ties to even, for at most nineteen digits times a power of
/// ten of -22 ... 0, or at most 2^53 times one of 1 ... 22: every text that stands in record files.
/// Beyond that it is within one unit in the last place: digits after the nineteenth are dropped,
/// and the power of ten is rounded.
///
/// - Parameters:
///   - text: The bytes of the number, ASCII.
///   - count: How many bytes; zero or less is an empty text.
///   - value: Where the number goes; untouched when the answer is `false`.
/// - Returns: Whether the text is a number. The work is proportional to `count`.
@inlinable
@_optimize(speed)
public func parseDecimal(
  _ text: UnsafePointer<UInt8>, _ count: Int, _ value: inout Float
) -> Bool {
  var index = 0
  var negative = false
  if index < count, text[index] == 0x2B || text[index] == 0x2D {
    negative = text[index] == 0x2D
    index &+= 1
  }

  // Up to nineteen digits fit in 64 bits. Those after them only move the point.
  let roomForOneMore: UInt64 = 1_000_000_000_000_000_000
  var digits: UInt64 = 0
  var exponent = 0
  let integerStart = index
  while index < count {
    let digit = text[index] &- 0x30
    if digit > 9 { break }
    if digits < roomForOneMore {
      digits = digits &* 10 &+ _widened(digit)
    } else {
      exponent &+= 1
    }
    index &+= 1
  }
  var digitCount = index &- integerStart
  if index < count, text[index] == 0x2E {
    index &+= 1
    let fractionStart = index
    while index < count {
      let digit = text[index] &- 0x30
      if digit > 9 { break }
      if digits < roomForOneMore {
        digits = digits &* 10 &+ _widened(digit)
        exponent &-= 1
      }
      index &+= 1
    }
    digitCount = digitCount &+ (index &- fractionStart)
  }
  if digitCount == 0 { return false }

  if index < count, text[index] | 0x20 == 0x65 {
    index &+= 1
    var down = false
    if index < count, text[index] == 0x2B || text[index] == 0x2D {
      down = text[index] == 0x2D
      index &+= 1
    }
    let exponentStart = index
    var written = 0
    while index < count {
      let digit = text[index] &- 0x30
      if digit > 9 { break }
      // A million is far beyond any float already, and a text of zeros that would balance it is
      // not a number anyone writes: the sum below cannot wrap.
      if written < 1_000_000 { written = written &* 10 &+ Int(digit) }
      index &+= 1
    }
    if index == exponentStart { return false }
    exponent = down ? exponent &- written : exponent &+ written
  }
  if index != count { return false }

  let magnitude = _scaledDecimal(digits, exponent)
  if !(magnitude < .infinity) { return false }
  value = negative ? -magnitude : magnitude
  return true
}

/// The float nearest to digits * 10^exponent, infinity when it is too large.
@inlinable
@_optimize(speed)
func _scaledDecimal(_ digits: UInt64, _ exponent: Int) -> Float {
  if digits == 0 { return 0 }
  // One digit at 10^39 overflows, nineteen at 10^-66 vanish; the power's loop stays short.
  if exponent > 38 { return .infinity }
  if exponent < -66 { return 0 }
  let twoTo53: UInt64 = 9_007_199_254_740_992
  let number = _nearestDouble(digits)
  if exponent == 0, digits <= 16_777_216 { return Float(number) }

  let power = _powerOfTen(exponent < 0 ? 0 &- exponent : exponent)
  let scaled = exponent < 0 ? number / power : number * power
  // `scaled` is within a unit of the true double. Rounding it once more errs only beside the very
  // middle between two floats: there an exact comparison with that middle decides.
  let isExact = exponent >= -22 && exponent <= 22 && (exponent <= 0 || digits <= twoTo53)
  let tail = scaled.bitPattern & 0x1FFF_FFFF
  if isExact, tail &- 0x0FFF_FFFF <= 2 {
    let middle = Double(bitPattern: scaled.bitPattern &- tail &+ 0x1000_0000)
    var above = 0.0
    if exponent > 0 {
      above = 0 - _productRest(middle, minus: number, power)
    } else {
      let low = digits & 0x7FF
      above = _productRest(_nearestDouble(digits &- low), minus: middle, power)
      above += _nearestDouble(low)
    }
    if above > 0 { return Float(Double(bitPattern: middle.bitPattern &+ 1)) }
    if above < 0 { return Float(Double(bitPattern: middle.bitPattern &- 1)) }
    return Float(middle)
  }
  return Float(scaled)
}

/// A digit in 64 bits.
///
/// Not by `UInt64(digit)`, nor by `truncatingIfNeeded`: on 32-bit targets either goes through an
/// array of words and would pull arrays into the archive.
@inlinable @inline(__always)
func _widened(_ digit: UInt8) -> UInt64 {
  UInt64(_truncatingBits: UInt(digit))
}

/// The double nearest to a whole number, exact up to 2^53.
///
/// Each half of 32 bits goes below the leading one of 2^52, so that no conversion is needed: on
/// 32-bit targets the standard library's would pull arrays into the archive.
@inlinable
func _nearestDouble(_ number: UInt64) -> Double {
  let twoTo52 = 4_503_599_627_370_496.0
  let high = Double(bitPattern: twoTo52.bitPattern | number &>> 32) - twoTo52
  let low = Double(bitPattern: twoTo52.bitPattern | number & 0xFFFF_FFFF) - twoTo52
  return high * 4_294_967_296 + low
}

/// 10^exponent by repeated squaring, exact up to 10^22.
@inlinable
func _powerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  var square = 10.0
  var bits = exponent
  while bits > 0 {
    if bits & 1 == 1 { power *= square }
    square *= square
    bits = bits &>> 1
  }
  return power
}

/// The difference near - a * b, exact in its sign, where `near` is close to the product.
///
/// Dekker's product: each factor splits into halves of 26 bits, whose four products are exact.
/// It needs no fused multiply-add, which would be a call into libm on older processors.
@inlinable
func _productRest(_ near: Double, minus a: Double, _ b: Double) -> Double {
  let aScaled = a * 134_217_729
  let aHigh = aScaled - (aScaled - a)
  let aLow = a - aHigh
  let bScaled = b * 134_217_729
  let bHigh = bScaled - (bScaled - b)
  let bLow = b - bHigh
  let product = a * b
  let error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  return (near - product) - error
}
