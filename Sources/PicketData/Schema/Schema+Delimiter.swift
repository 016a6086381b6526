extension Schema {
  /// The schema of files with another delimiter.
  public func delimited(by delimiter: UInt8) -> Schema {
    var schema = self
    schema.delimiter = delimiter
    return schema
  }

  /// The delimiter as messages show it.
  public var shownDelimiter: String {
    delimiter == UInt8(ascii: "\t") ? "tabs" : "'\(UnicodeScalar(delimiter))'"
  }

  /// The schema by the delimiter that a file plainly has; nil if that is the schema's own, or cannot
  /// be told.
  ///
  /// Plainly: by the schema's own the first line has not the schema's columns, and by the other one
  /// it has, or cells at all, and the next lines are as wide.
  func delimited(as bytes: FileBytes, file: String) -> Schema? {
    let own = FirstLine(bytes, delimiter)
    guard !own.fits(self), let layout = try? FileLayout(bytes, file: file),
      layout.delimiter != delimiter
    else { return nil }
    let other = FirstLine(bytes, layout.delimiter)
    let isPlain = other.fits(self) || own.names.count <= 1 && other.names.count > 1
    return isPlain ? delimited(by: layout.delimiter) : nil
  }
}

/// The cells of a file's first line by some delimiter.
private struct FirstLine {
  let names: [String]

  init(_ bytes: FileBytes, _ delimiter: UInt8) {
    var scanner = CellScanner(bytes, delimiter: delimiter)
    names = scanner.headerCells()?.unique ?? []
  }

  /// Whether they name all fields of a schema or, of one without a header, are as many as its columns.
  func fits(_ schema: Schema) -> Bool {
    guard schema.hasHeader else { return names.count == schema.columns.count }
    let present = Set(names.map(ByteName.init))
    return schema.fields.allSatisfy { present.contains(ByteName($0.name)) }
  }
}
