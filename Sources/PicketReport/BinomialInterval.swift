import Foundation

/// The exact confidence interval of a share (Clopper and Pearson 1934).
///
/// ```
/// lower = B^-1(a/2; k, n - k + 1)        upper = B^-1(1 - a/2; k + 1, n - k)
/// ```
///
/// B^-1 is the quantile of the beta distribution and a = 1 - confidence. The interval covers the
/// true share at least as often as its confidence says, whatever the share and the count: a
/// false-alarm rate measured on few alarms needs just that.
public struct BinomialInterval: Sendable, Equatable {
  /// The smallest share that is compatible with what was seen.
  public let lower: Double
  /// The largest.
  public let upper: Double

  /// The interval of `successes` of `trials`.
  ///
  /// - Precondition: `successes` is in 0 ... `trials` and `confidence` between 0 and 1.
  public init(successes: Int, trials: Int, confidence: Double = 0.95) {
    precondition(successes >= 0 && successes <= trials, "successes within the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence between 0 and 1")
    let tail = (1 - confidence) / 2
    let (hits, misses) = (Double(successes), Double(trials - successes))
    lower = successes == 0 ? 0 : Self.quantile(tail, hits, misses + 1)
    upper = successes == trials ? 1 : Self.quantile(1 - tail, hits + 1, misses)
  }

  /// The x with I_x(a, b) = p, by bisection: it cannot fail, and 60 halvings are exact enough.
  private static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if incompleteBeta(middle, a, b) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularised incomplete beta function I_x(a, b), by its continued fraction.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast below the mean; above it, the other tail is taken.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let logarithm =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
    return exp(logarithm) * continuedFraction(x, a, b) / a
  }

  /// Lentz's method, as modified by Thompson and Barnett.
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func guarded(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var fraction = d
    // About sqrt(max(a, b)) terms are needed; 10,000 serve counts up to a hundred million.
    for term in 1...10_000 {
      let m = Double(term)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      let change = d * c
      fraction *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return fraction
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
