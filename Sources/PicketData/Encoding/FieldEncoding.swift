/// How one field of a record becomes network inputs.
public enum FieldEncoding: Codable, Sendable, Equatable {
  /// A number becomes one input or several.
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
    case .numeric(let field): field.planes.count
    case .symbolic(let field): field.categories.count
    }
  }
}

/// How a name becomes inputs: one per category, 1 for the record's own and 0 for the others.
public struct SymbolicEncoding: Codable, Sendable, Equatable {
  /// The field's name.
  public var name: String
  /// The names seen in the training rows, ascending by their UTF-8 bytes.
  public var categories: [String]

  /// Sorts the categories; those of the same bytes count once.
  public init(name: String, categories: some Sequence<String>) {
    self.name = name
    self.categories = Set(categories.map(ByteName.init)).sorted().map(\.text)
  }
}
