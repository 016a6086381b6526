import CPicketFlow

/// The float nearest to a whole number of 64 bits.
///
/// By 32 bits and what of the rest decides the rounding: a conversion of 64 bits is a call into the
/// compiler's library on 32-bit machines.
func nearestFloat(_ number: UInt64) -> Float {
  var rest = number
  var shift: UInt32 = 0
  var lost = false
  while rest &>> 32 != 0 {
    lost = lost || rest & 1 != 0
    rest &>>= 1
    shift &+= 1
  }
  let kept = picket_flow_low(rest) | (lost ? 1 : 0)
  return picket_flow_float(kept) * Float(bitPattern: (127 &+ shift) &<< 23)
}

/// Whole seconds in a time of nanoseconds, by long division: 64 bits are divided by a call on 32-bit
/// machines.
func wholeSeconds(_ nanoseconds: UInt64) -> UInt64 {
  var rest = nanoseconds
  var seconds: UInt64 = 0
  var digit = UInt64(1) &<< 34
  var weight = UInt64(1_000_000_000) &<< 34
  while digit != 0 {
    if rest >= weight {
      rest &-= weight
      seconds |= digit
    }
    digit &>>= 1
    weight &>>= 1
  }
  return seconds
}

/// `k` of `n` as a rate: 0 if there is none.
func rate(_ k: UInt16, _ n: UInt16) -> Float {
  n == 0 ? 0 : picket_flow_float(UInt32(k)) / picket_flow_float(UInt32(n))
}
