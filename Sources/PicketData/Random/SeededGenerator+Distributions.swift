import PicketNumbers

/// Distributions built from additions, products and comparisons alone, so that a seed gives the
/// same numbers whatever C library computes logarithms.
extension SeededGenerator {
  /// Whether an event of some probability happens.
  public mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// One of the elements, each equally likely; there must be at least one.
  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// A number of mean 0 and variance 1: twelve uniform ones added, which ends at 6 either way.
  public mutating func bell() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// An exponentially distributed number of a given mean, by von Neumann's comparisons.
  ///
  /// A falling run u1 >= u2 >= ... that begins at x has odd length with probability e^-x.
  public mutating func exponential(mean: Double) -> Double {
    var whole = 0.0
    while true {
      let first = unit()
      var previous = first
      var length = 1
      while true {
        let next = unit()
        if next > previous { break }
        previous = next
        length += 1
      }
      if length & 1 == 1 { return mean * (whole + first) }
      whole += 1
    }
  }

  /// A log-normally distributed number: median * exp(sigma * `bell()`).
  public mutating func logNormal(median: Double, sigma: Double) -> Double {
    // exp(x) = exp(x / 1024)^1024: seven terms leave a relative error below 10^-12 for |x| up to 24.
    let x = sigma * bell() / 1024
    var power = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))))
    for _ in 0..<10 { power *= power }
    return median * power
  }
}
