/// What to do with a row that cannot be read.
public enum BadRows: Sendable {
  /// Stop with an error that says what is wrong, and where.
  case fail
  /// Leave it out, count it, and list the first of them.
  case skip
}

/// Where the columns of a file with a header stand.
public enum ColumnPlaces: Sendable {
  /// Where the schema lists them; another name is an error.
  case asListed
  /// Where the header names them. All fields must be there; the label need not be, and what the
  /// schema does not name is passed over. The file's delimiter need not be the schema's.
  case byHeader
}

extension Table {
  /// Reads a CSV file, plain or gzipped; the first two bytes tell which.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - schema: What its columns are.
  ///   - badRows: What to do with rows that cannot be read.
  ///   - places: Where the columns of a file with a header stand; the table has the schema's order.
  /// - Throws: `DataError` that names the file, the line, the column, what was found, what was
  ///   expected, and what to do.
  public init(
    path: String, schema: Schema, badRows: BadRows = .fail, places: ColumnPlaces = .asListed
  ) throws(DataError) {
    try self.init(FileBytes(path: path), path, schema, badRows, places)
  }

  /// Reads a CSV file that is already in memory, plain or gzipped.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The name that messages give it.
  ///   - schema: What its columns are.
  ///   - badRows: What to do with rows that cannot be read.
  ///   - places: Where the columns stand, as for a file.
  /// - Throws: `DataError`, as for a file.
  public init(
    bytes: [UInt8], file: String, schema: Schema, badRows: BadRows = .fail,
    places: ColumnPlaces = .asListed
  ) throws(DataError) {
    try self.init(FileBytes(bytes), file, schema, badRows, places)
  }

  private init(
    _ raw: FileBytes, _ file: String, _ schema: Schema, _ badRows: BadRows, _ places: ColumnPlaces
  ) throws(DataError) {
    try schema.check(file: "schema '\(schema.name)'")
    let source = Source(file: file, byteCount: raw.count, sha256: raw.sha256)
    let text = try Gzip.text(of: raw, file: file)
    try text.checkKind(file: file)
    var reader = try TableReader(
      text, schema: schema, file: file, badRows: badRows, places: places)
    try reader.read()
    self = reader.table(source: source)
    guard rowCount > 0 else {
      throw skipped.first.first
        ?? DataError(
          file: file, found: "no rows", expected: "at least one",
          advice: "check that this is the right file")
    }
  }
}
