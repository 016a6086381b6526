/// The preprocessing that was fitted to the training rows, and travels in the model file.
///
/// A *record* has one float a field: a number itself, or the position of a category, or -1 for a
/// name that no training row had. *Inputs* are what the network sees: the fields in schema order,
/// a numeric field one input a plane, a symbolic field one input a category. An unknown name leaves all
/// of its field's inputs at 0.
public struct FeatureEncoding: Codable, Sendable, Equatable {
  /// What a record holds for a name that no training row had.
  public static let unknown: Float = -1

  /// The fields, in schema order.
  public var fields: [FieldEncoding]
  /// What the fields mean, of records that a flow made: the text of its specification.
  public var specification: String?

  /// Makes an encoding of given fields.
  public init(fields: [FieldEncoding], specification: String? = nil) {
    self.fields = fields
    self.specification = specification
  }

  /// How many floats a record has.
  public var fieldCount: Int { fields.count }

  /// How many inputs a record becomes.
  public var inputCount: Int { fields.reduce(0) { $0 + $1.inputCount } }

  /// The names of the inputs: the field's, for a category `field=category`, and for a plane that is
  /// not affine `log(field)` or `quantile(field)`.
  public var inputNames: [String] {
    fields.flatMap { field in
      switch field {
      case .numeric(let numeric):
        numeric.planes.map { plane in
          switch plane {
          case .affine: numeric.name
          case .log: "log(\(numeric.name))"
          case .quantile: "quantile(\(numeric.name))"
          }
        }
      case .symbolic(let symbolic): symbolic.categories.map { "\(symbolic.name)=\($0)" }
      }
    }
  }

  /// Whether every input lies between 0 and 1, for any record.
  public var isWithinUnit: Bool {
    fields.allSatisfy { field in
      guard case .numeric(let numeric) = field else { return true }
      return numeric.planes.allSatisfy(\.isWithinUnit)
    }
  }

  /// Fits min-max scaling and category lists to some rows of a table.
  ///
  /// - Parameters:
  ///   - table: The records.
  ///   - rows: The training rows; ranges and categories come from them alone, but the categories of
  ///     records that a flow made: it has a list of them, and one that training has not seen is
  ///     stranger as a category of its own than as none.
  public static func fit(table: Table, rows: [Int]) -> FeatureEncoding {
    FeatureEncoding(
      fields: table.fields.map { field in
        switch field {
        case .numeric(let column):
          let extent = column.values.withUnsafeBufferPointer { Self.extent(of: $0, rows) }
          return .numeric(
            NumericEncoding(name: column.name, minimum: extent.0, maximum: extent.1))
        case .symbolic(let column):
          var isUsed = Array(repeating: false, count: column.names.count)
          for row in rows { isUsed[Int(column.codes[row])] = true }
          let isListed = table.specification != nil
          let used = zip(column.names, isUsed).filter { isListed || $0.1 }.map(\.0)
          return .symbolic(SymbolicEncoding(name: column.name, categories: used))
        }
      }, specification: table.specification?.text)
  }

  private static func extent(of values: UnsafeBufferPointer<Float>, _ rows: [Int]) -> (Float, Float)
  {
    guard let first = rows.first else { return (0, 0) }
    var least = values[first]
    var most = least
    for row in rows {
      let value = values[row]
      if value < least { least = value }
      if value > most { most = value }
    }
    return (least, most)
  }
}
