import Foundation

/// Where a value lies on an axis, and which values are written beside it.
struct PlotScale {
  let isLogarithmic: Bool
  /// The ends, in values, or in their decimal logarithms.
  let low: Double
  let high: Double
  let ticks: [(value: Double, text: String)]

  /// Spans some values; an axis of one value, or of none, gets room around it.
  init(_ values: [Double], isLogarithmic: Bool) {
    let usable = isLogarithmic ? values.filter { $0 > 0 }.map { log10($0) } : values
    self.isLogarithmic = isLogarithmic
    var (low, high) = (usable.min() ?? 0, usable.max() ?? 1)
    if high - low < 1e-12 * max(abs(low), 1) { (low, high) = (low - 0.5, high + 0.5) }
    if isLogarithmic, high - low < 2 {
      // Less than two decades: 1, 2 and 5 times each power of ten, and ends where the values end.
      self.low = low
      self.high = high
      ticks = Self.finerTicks(low, high)
      return
    }
    // Between two whole numbers there is no epoch and no digit.
    let isWhole = usable.allSatisfy { $0 == $0.rounded() }
    let step = Self.step(high - low, atLeast: isLogarithmic || isWhole ? 1 : 0)
    low = (low / step).rounded(.down) * step
    high = (high / step).rounded(.up) * step
    self.low = low
    self.high = high
    let count = Int(((high - low) / step).rounded())
    ticks = (0...count).map { [low] index in
      let place = low + Double(index) * step
      if isLogarithmic { return (place, NumberText.significant(pow(10, place), 6)) }
      // A rounding error of zero is zero.
      return (place, NumberText.significant(abs(place) < step * 1e-9 ? 0 : place, 6))
    }
  }

  private static func finerTicks(_ low: Double, _ high: Double) -> [(value: Double, text: String)] {
    var ticks: [(value: Double, text: String)] = []
    for power in Int(low.rounded(.down))...Int(high.rounded(.up)) {
      for factor in [1.0, 2, 5] {
        let place = Double(power) + log10(factor)
        guard place >= low - 1e-9, place <= high + 1e-9 else { continue }
        ticks.append((place, NumberText.significant(factor * pow(10, Double(power)), 6)))
      }
    }
    return ticks.count < 2 ? evenTicks(low, high) : ticks
  }

  /// Equal steps of the value itself, where its range holds no two of 1, 2 and 5 times a power of ten.
  private static func evenTicks(_ low: Double, _ high: Double) -> [(value: Double, text: String)] {
    let (least, most) = (pow(10, low), pow(10, high))
    let step = step(most - least, atLeast: 0)
    guard step > 0, step.isFinite else { return [] }
    let first = Int((least / step - 1e-9).rounded(.up))
    let last = Int((most / step + 1e-9).rounded(.down))
    return (first...max(first, last)).map { index in
      let value = Double(index) * step
      return (log10(value), NumberText.significant(value, 6))
    }
  }

  /// The place of a value between 0 and 1; nil when it has none.
  func place(_ value: Double) -> Double? {
    if !isLogarithmic { return (value - low) / (high - low) }
    return value > 0 ? (log10(value) - low) / (high - low) : nil
  }

  /// The place of a tick.
  func place(ofTick tick: Double) -> Double { (tick - low) / (high - low) }

  /// 1, 2 or 5 times a power of ten, so that there are four to eight steps.
  private static func step(_ range: Double, atLeast least: Double) -> Double {
    let rough = range / 6
    let power = pow(10, log10(rough).rounded(.down))
    let factor = [1.0, 2, 5, 10].first { $0 * power >= rough } ?? 10
    return max(factor * power, least)
  }
}
