/// What to do with a row that cannot be read.
public enum BadRows: Sendable {
  /// Stop with an error that says what is wrong, and where.
  case fail
  /// Leave it out, count it, and list the first of them.
  case skip
}

extension Table {
  /// Reads a CSV file, plain or gzipped; the first two bytes tell which.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - schema: What its columns are.
  ///   - badRows: What to do with rows that cannot be read.
  /// - Throws: `DataError` that names the file, the line, the column, what was found, what was
  ///   expected, and what to do.
  public init(path: String, schema: Schema, badRows: BadRows = .fail) throws(DataError) {
    try self.init(FileBytes(path: path), file: path, schema: schema, badRows: badRows)
  }

  /// Reads a CSV file that is already in memory, plain or gzipped.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The name that messages give it.
  ///   - schema: What its columns are.
  ///   - badRows: What to do with rows that cannot be read.
  /// - Throws: `DataError`, as for a file.
  public init(
    bytes: [UInt8], file: String, schema: Schema, badRows: BadRows = .fail
  ) throws(DataError) {
    try self.init(FileBytes(bytes), file: file, schema: schema, badRows: badRows)
  }

  private init(
    _ raw: FileBytes, file: String, schema: Schema, badRows: BadRows
  ) throws(DataError) {
    try schema.check(file: "schema '\(schema.name)'")
    let source = Source(file: file, byteCount: raw.count, sha256: raw.sha256)
    let text = try Gzip.text(of: raw, file: file)
    var reader = TableReader(text, schema: schema, file: file, badRows: badRows)
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
