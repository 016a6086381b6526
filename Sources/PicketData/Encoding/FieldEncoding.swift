import PicketCore

/// How one field of a record becomes network inputs.
public enum FieldEncoding: Codable, Sendable, Equatable {
  /// A number becomes one input.
  case numeric(NumericEncoding)
  /// A name becomes one input per category, of which at most one is 1.
  case symbolic(SymbolicEncoding)

  /// The field's name.
  public var name: String {
    switch self {
    case .numeric(let field): field.name
    case .symbolic(let field): field.name
    }
  }

  /// How many inputs the field becomes.
  public var inputCount: Int {
    switch self {
    case .numeric: 1
    case .symbolic(let field): field.categories.count
    }
  }
}

/// How a number becomes one input: `affineFeature` of `PicketCore`, with these constants.
public struct NumericEncoding: Codable, Sendable, Equatable {
  /// The field's name.
  public var name: String
  /// The smallest value in the training rows.
  public var minimum: Float
  /// The largest value in the training rows.
  public var maximum: Float
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
  public init(name: String, minimum: Float, maximum: Float) {
    self.name = name
    self.minimum = minimum
    self.maximum = maximum
    offset = minimum
    // In double: the difference of two floats may be too large for a float, or have too large an
    // inverse; then the field is constant as far as floats can tell.
    let inverse = Float(1 / (Double(maximum) - Double(minimum)))
    scale = inverse.isFinite ? inverse : 0
    low = 0
    high = 1
  }

  /// An encoding with given constants, as a model file holds them.
  public init(
    name: String, minimum: Float, maximum: Float, offset: Float, scale: Float, low: Float,
    high: Float
  ) {
    self.name = name
    self.minimum = minimum
    self.maximum = maximum
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

/// How a name becomes inputs: one per category, 1 for the record's own and 0 for the others.
public struct SymbolicEncoding: Codable, Sendable, Equatable {
  /// The field's name.
  public var name: String
  /// The names seen in the training rows, ascending by their UTF-8 bytes.
  public var categories: [String]

  /// Sorts the categories; equal ones count once.
  public init(name: String, categories: some Sequence<String>) {
    self.name = name
    self.categories = Set(categories).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
