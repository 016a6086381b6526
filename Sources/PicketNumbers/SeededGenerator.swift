/// A generator of random bits that a seed fixes: xoshiro256** (Blackman and Vigna 2018).
///
/// The same seed gives the same numbers on every machine and with every version of the standard
/// library, because nothing here uses the library's own shuffles or ranges. Not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts the sequence of a seed; the state is filled by splitmix64, as its authors advise.
  public init(seed: UInt64) {
    var mixed = seed
    func next() -> UInt64 {
      mixed &+= 0x9E37_79B9_7F4A_7C15
      var z = mixed
      z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z &>> 31)
    }
    state = (next(), next(), next(), next())
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product &<< 7 | product &>> 57) &* 9
    let shifted = state.1 &<< 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 &<< 45 | state.3 &>> 19
    return result
  }

  /// A number in 0 ..< 1, one of 2^53 equally spaced ones.
  @inlinable
  public mutating func unit() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// A whole number in 0 ..< bound, each equally likely (Lemire 2019, 32-bit).
  ///
  /// - Precondition: bound is in 1 ... 2^32 - 1.
  public mutating func below(_ bound: Int) -> Int {
    let range = UInt64(UInt32(bound))
    var product = (next() &>> 32) &* range
    if UInt32(truncatingIfNeeded: product) < UInt32(truncatingIfNeeded: range) {
      let threshold = (0x1_0000_0000 &- range) % range
      while product & 0xFFFF_FFFF < threshold { product = (next() &>> 32) &* range }
    }
    return Int(product &>> 32)
  }

  /// Puts the elements in a random order, each order equally likely (Fisher and Yates).
  public mutating func shuffle<Element>(_ elements: UnsafeMutableBufferPointer<Element>) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }

  /// Puts the elements in a random order, each order equally likely.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    elements.withUnsafeMutableBufferPointer { shuffle($0) }
  }
}
