/// A small random generator whose numbers depend on its seed alone: xoshiro256**.
///
/// The state is filled by SplitMix64, as its authors advise. The same seed gives the same numbers
/// on every machine and with every version of the standard library, because nothing here uses the
/// library's own shuffles or ranges.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts from a seed; any value will do.
  public init(seed: UInt64) {
    var mixed = seed
    func next() -> UInt64 {
      mixed &+= 0x9E37_79B9_7F4A_7C15
      var word = mixed
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
    state = (next(), next(), next(), next())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A whole number of 0 ..< bound, each equally likely; `bound` is at least 1.
  public mutating func below(_ bound: Int) -> Int {
    // Lemire: the high half of a product, redrawn in the few cases that would favour a number.
    let wide = UInt64(bound)
    let threshold = (0 &- wide) % wide
    while true {
      let (high, low) = next().multipliedFullWidth(by: wide)
      if low >= threshold { return Int(high) }
    }
  }

  /// A number of 0 ..< 1, a multiple of 2^-53.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Puts the elements in a random order: Fisher-Yates from the last position down.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, through: 1, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }
}
