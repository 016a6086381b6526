import CPicket
import CPicketKernels

/// How far the counted scores are from the calibration scores.
extension DriftMonitor {
  /// Fills in the figures.
  ///
  /// With m scores, c_i of them in bin i of B, against n calibration scores, of which a share e_i
  /// is in bin i:
  ///
  /// ```
  /// χ² = m n / (m + n) Σ (c_i / m - e_i)² / h_i   with h_i = (c_i + n e_i) / (m + n)
  /// p  = e^(-χ²/2) Σ_{j < (B - 1) / 2} (χ²/2)^j / j!
  /// PSI = Σ (o_i - x_i) ln (o_i / x_i)   with o_i = (c_i + ½) / (m + B/2)
  ///                                       and  x_i = (n e_i + ½) / (n + B/2)
  /// ```
  ///
  /// χ² is Pearson's statistic for two samples from one distribution: the calibration scores are a
  /// sample too, and taking their shares for the truth would call chance drift as soon as there
  /// are as many scores as they are. It has B - 1 degrees of freedom, an even number, for which
  /// the p-value is the closed form above. The halves keep the index finite when a bin is empty. Whether
  /// there are records enough is asked of the larger of h_i and e_i: h_i is small where scores have left a bin.
  public func report(into figures: inout picket_drift_figures) {
    let n = rows.float
    var m: Float = 0
    var i = 0
    while i < binCount {
      m += counts[i].float
      i &+= 1
    }
    let half = Float(binCount) * 0.5
    var index: Float = 0
    var statistic: Float = 0
    var least = Float.infinity
    i = 0
    while i < binCount {
      let count = counts[i].float
      let calibrated = n * expected[i]
      let observedShare = (count + 0.5) / (m + half)
      let expectedShare = (calibrated + 0.5) / (n + half)
      let ratio = observedShare / expectedShare
      index += (observedShare - expectedShare) * picket_logarithm(ratio)
      let pooled = (count + calibrated) / (m + n)
      let share = pooled > expected[i] ? pooled : expected[i]
      least = share < least ? share : least
      let difference = m > 0 ? count / m - expected[i] : 0
      if pooled > 0 { statistic += difference * difference / pooled }
      i &+= 1
    }
    // m n / (m + n), of numbers whose product may be large.
    let size = m > 0 ? m / (1 + m / n) : 0
    statistic *= size
    let fewest = least * (m < n ? m : n)
    figures.records = m
    figures.population_stability = index > 0 ? index : 0
    figures.chi_square = statistic
    figures.degrees_of_freedom = UInt32(truncatingIfNeeded: binCount &- 1)
    figures.p_value = fewest < 5 ? 1 : upperTail(statistic)
  }

  /// The share of a χ² distribution with an even number of degrees of freedom above a value.
  ///
  /// Not for size: a division by a constant would be an instruction that can trap.
  @_optimize(speed)
  private func upperTail(_ statistic: Float) -> Float {
    let x = statistic * 0.5
    // Beyond, `exponential` falls no further, and the tail is less than 1e-30.
    guard x < 86 else { return 0 }
    var term = exponential(SIMD16(repeating: 0 - x))[0]
    var total = term
    var j = 1
    while j < (binCount &- 1) / 2 {
      term *= x / Float(j)
      total += term
      j &+= 1
    }
    return total < 1 ? total : 1
  }
}
