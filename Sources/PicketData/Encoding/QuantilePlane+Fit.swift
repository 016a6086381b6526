extension QuantilePlane {
  /// How far the table may be from the distribution, as long as 32 knots allow.
  static let tolerance = 0.01

  /// Fits a table to the values of normal records.
  ///
  /// The knots are points of the mid-distribution function F(v) = P(X < v) + P(X = v) / 2 at values
  /// that occurred, as few as keep every other such point within `tolerance` of the table; and one
  /// beyond either end, as far from it as its neighbour is, from where on the table is 0 or 1: a
  /// value that normal records do not reach is more extreme than the most extreme one they have.
  ///
  /// - Parameter values: Finite; of none, a table that is 0 everywhere.
  public init(fittedTo values: [Float]) {
    let points = Self.midDistribution(values)
    guard let first = points.first, let last = points.last else {
      self.init(values: [0], quantiles: [0])
      return
    }
    var tolerance = Self.tolerance
    var chosen = Self.choose(points, tolerance)
    // Two knots are those beyond the ends.
    while chosen.count > Self.mostKnots - 2 {
      tolerance *= 1.25
      chosen = Self.choose(points, tolerance)
    }
    let lone = max(abs(first.value), 1)
    let below = points.count > 1 ? points[1].value - first.value : lone
    let above = points.count > 1 ? last.value - points[points.count - 2].value : lone
    let ends = [
      Point(value: first.value - below, share: 0), Point(value: last.value + above, share: 1),
    ]
    // Beyond the largest floats, or between two that are neighbours, is no room for a knot.
    let knots =
      [ends[0]].filter { $0.isWithin(below: first.value) } + chosen
      + [ends[1]].filter { $0.isWithin(above: last.value) }
    self.init(values: knots.map { Float($0.value) }, quantiles: knots.map { Float($0.share) })
  }

  /// A point of the distribution function.
  private struct Point {
    let value: Double
    let share: Double

    func isWithin(below end: Double) -> Bool { Float(value).isFinite && Float(value) < Float(end) }
    func isWithin(above end: Double) -> Bool { Float(value).isFinite && Float(value) > Float(end) }
  }

  /// F at each value that occurs, ascending.
  private static func midDistribution(_ values: [Float]) -> [Point] {
    let sorted = values.sorted()
    var points: [Point] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      points.append(
        Point(
          value: Double(sorted[start]), share: Double(start + end) / Double(2 * sorted.count)))
      start = end
    }
    return points
  }

  /// The first and the last point, and between them as few as leave none further than `tolerance`
  /// from the line between its neighbours: from each, the furthest that the points between allow.
  private static func choose(_ points: [Point], _ tolerance: Double) -> [Point] {
    var chosen = [points[0]]
    var from = 0
    while from < points.count - 1 {
      // The slopes of all lines from here that pass the points so far closely enough.
      var least = -Double.infinity
      var most = Double.infinity
      var furthest = from + 1
      var next = from + 1
      while next < points.count, least <= most {
        let run = points[next].value - points[from].value
        let rise = points[next].share - points[from].share
        if (least...most).contains(rise / run) { furthest = next }
        least = max(least, (rise - tolerance) / run)
        most = min(most, (rise + tolerance) / run)
        next += 1
      }
      chosen.append(points[furthest])
      from = furthest
    }
    return chosen
  }
}
