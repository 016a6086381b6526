import PicketCore

/// What may be made of a number, by the name that a user gives it.
public enum NumericFeature: String, Sendable, CaseIterable {
  /// Its place between the smallest and the largest value of the training rows.
  case minMax = "min-max"
  /// Its logarithm, standardised and clipped.
  case log
  /// The share of normal training values below it.
  case quantile
}

/// One input of a number, with its constants.
public enum NumericPlane: Codable, Sendable, Equatable {
  /// clamp((x - offset) * scale, low, high)
  case affine(AffinePlane)
  /// The same of s(x) = sign(x) ln(1 + |x|).
  case log(LogPlane)
  /// A quantile, by a table.
  case quantile(QuantilePlane)

  /// The input for a value: what PicketCore computes.
  public func input(for value: Float) -> Float {
    switch self {
    case .affine(let plane): plane.input(for: value)
    case .log(let plane): plane.input(for: value)
    case .quantile(let plane): plane.input(for: value)
    }
  }

  /// Whether the input lies between 0 and 1, for any value.
  var isWithinUnit: Bool {
    switch self {
    case .affine(let plane): plane.low >= 0 && plane.high <= 1
    case .log(let plane): plane.scaling.low >= 0 && plane.scaling.high <= 1
    case .quantile(let plane): plane.quantiles.allSatisfy { (0...1).contains($0) }
    }
  }

  /// The inputs for some rows of a column.
  func inputs(of values: [Float], rows: ArraySlice<Int>) -> [Float] {
    switch self {
    case .affine(let plane):
      rows.map { plane.input(for: values[$0]) }
    case .log(let plane):
      LogPlane.logarithms(of: rows.map { values[$0] }).map { plane.scaling.input(for: $0) }
    case .quantile(let plane):
      plane.inputs(for: rows.lazy.map { values[$0] })
    }
  }
}

/// A number, scaled: `affineFeature` of `PicketCore`, with these constants.
public struct AffinePlane: Codable, Sendable, Equatable {
  /// What is subtracted first.
  public var offset: Float
  /// What the difference is multiplied by.
  public var scale: Float
  /// The smallest input.
  public var low: Float
  /// The largest input.
  public var high: Float

  /// Min-max scaling, clipped: (x - minimum) / (maximum - minimum) within 0 to 1.
  ///
  /// A constant field becomes 0.
  public init(minimum: Float, maximum: Float) {
    // In double: the difference of two floats may be too large for a float, or have too large an
    // inverse; then the field is constant as far as floats can tell.
    let inverse = Float(1 / (Double(maximum) - Double(minimum)))
    self.init(offset: minimum, scale: inverse.isFinite ? inverse : 0, low: 0, high: 1)
  }

  /// A plane with given constants.
  public init(offset: Float, scale: Float, low: Float, high: Float) {
    self.offset = offset
    self.scale = scale
    self.low = low
    self.high = high
  }

  /// The input for a value.
  @inlinable @inline(__always)
  public func input(for value: Float) -> Float {
    affineFeature(value, offset: offset, scale: scale, low: low, high: high)
  }
}
