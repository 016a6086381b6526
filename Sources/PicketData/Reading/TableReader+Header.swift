extension TableReader {
  /// Reads the line that names the columns, and compares the names with the schema's.
  mutating func readHeader() throws(DataError) {
    guard !scanner.isAtEnd else {
      throw DataError(
        file: file, line: 1, found: "an empty file", expected: "a line that names the columns",
        advice: "check that this is the right file")
    }
    guard let names = scanner.headerNames() else {
      throw DataError(
        file: file, line: 1, found: "quotes that do not match",
        expected: "a line that names the columns", advice: "correct the quotes")
    }
    for (column, name) in zip(schema.columns, names) where ByteName(column.name) != ByteName(name) {
      throw DataError(
        file: file, line: 1, column: column.name, found: "'\(name)' in the header",
        expected: "'\(column.name)', as schema '\(schema.name)' lists",
        advice: "use the file's own schema, or correct the names in this one")
    }
    guard names.count == schema.columns.count else {
      throw DataError(
        file: file, line: 1, found: "\(names.count) columns in the header",
        expected: "\(schema.columns.count), as schema '\(schema.name)' lists",
        advice: "use the file's own schema, or correct this one")
    }
  }
}

extension CellScanner {
  /// Reads a row of names, without the spaces around them.
  ///
  /// A name that occurs again gets `.1`, `.2` and so on, so that every column has its own.
  ///
  /// - Returns: The names, or nil when the quotes do not match.
  mutating func headerNames() -> [String]? {
    var names: [String] = []
    var seen: Set<ByteName> = []
    while true {
      let cell = next()
      if cell.fault != nil { return nil }
      let bytes = UnsafeBufferPointer(start: cell.text, count: cell.count)
      let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
      let first = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
      let last = bytes.lastIndex { !isSpace($0) } ?? first - 1
      let name = first > last ? "" : String(decoding: bytes[first...last], as: UTF8.self)
      var unique = name
      var copies = 0
      while !seen.insert(ByteName(unique)).inserted {
        copies += 1
        unique = "\(name).\(copies)"
      }
      names.append(unique)
      if cell.endsRow { return names }
    }
  }
}
