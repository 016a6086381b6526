import PicketNumbers

/// A feature encoding applied to one table: names are looked up once, not once a row.
public struct BoundEncoding: Sendable {
  /// A field's column, and what its rows become.
  enum Source: Sendable {
    case numeric(values: [Float], [NumericPlane])
    /// `category` gives for each of the table's codes the position of the category, or -1.
    case symbolic(codes: [Int32], category: [Int32])
  }

  /// The encoding.
  public let encoding: FeatureEncoding
  /// How many rows the table has.
  public let rowCount: Int
  let sources: [Source]
  /// The first input of each field.
  let firstInput: [Int]
  let inputCount: Int

  fileprivate init(_ encoding: FeatureEncoding, to table: Table) throws(DataError) {
    func mismatch(_ column: String?, _ found: String, _ expected: String) -> DataError {
      DataError(
        file: table.source.file, column: column, found: found, expected: expected,
        advice: "use records of the same schema as the model's")
    }

    guard encoding.fieldCount == table.fields.count else {
      throw mismatch(nil, "\(table.fields.count) fields", "\(encoding.fieldCount)")
    }
    self.encoding = encoding
    rowCount = table.rowCount
    inputCount = encoding.inputCount
    var sources: [Source] = []
    var firstInput: [Int] = []
    var next = 0
    for (field, column) in zip(encoding.fields, table.fields) {
      guard ByteName(field.name) == ByteName(column.name) else {
        throw mismatch(column.name, "this field", "'\(field.name)' in its place")
      }
      switch (field, column) {
      case (.numeric(let numeric), .numeric(let column)):
        sources.append(.numeric(values: column.values, numeric.planes))
      case (.symbolic(let symbolic), .symbolic(let column)):
        let places = Dictionary(
          zip(symbolic.categories.map(ByteName.init), symbolic.categories.indices),
          uniquingKeysWith: { $1 })
        let category = column.names.map { Int32(places[ByteName($0)] ?? -1) }
        sources.append(.symbolic(codes: column.codes, category: category))
      case (.numeric, .symbolic):
        throw mismatch(field.name, "names", "numbers")
      case (.symbolic, .numeric):
        throw mismatch(field.name, "numbers", "names")
      }
      firstInput.append(next)
      next += field.inputCount
    }
    self.sources = sources
    self.firstInput = firstInput
  }

  /// Writes one row's record: one float a field.
  ///
  /// - Parameters:
  ///   - row: The row of the table.
  ///   - record: Room for at least `encoding.fieldCount` floats.
  public func record(ofRow row: Int, into record: UnsafeMutableBufferPointer<Float>) {
    precondition(record.count >= sources.count, "a record needs one float a field")
    for (field, source) in sources.enumerated() {
      switch source {
      case .numeric(let values, _): record[field] = values[row]
      case .symbolic(let codes, let category): record[field] = Float(category[Int(codes[row])])
      }
    }
  }
}

extension FeatureEncoding {
  /// Applies the encoding to a table.
  ///
  /// - Throws: `DataError` when the table's fields are not those of the encoding.
  public func bound(to table: Table) throws(DataError) -> BoundEncoding {
    try BoundEncoding(self, to: table)
  }

  /// The inputs of some rows of a table, as a dense matrix.
  ///
  /// - Throws: `DataError` when the table's fields are not those of the encoding.
  public func encode(_ table: Table, rows: [Int]) throws(DataError) -> EncodedRows {
    try bound(to: table).encode(rows: rows)
  }

  /// The inputs of some rows of a table, non-zero ones only.
  ///
  /// - Throws: `DataError` when the table's fields are not those of the encoding.
  public func encodeSparse(_ table: Table, rows: [Int]) throws(DataError) -> SparseRows {
    try bound(to: table).encodeSparse(rows: rows)
  }
}
