/// The names of a header.
struct HeaderCells {
  /// As they stand there, without the spaces around them; where nothing stands, `unnamed3` or the like
  /// by the column's place: tools that number rows leave the name of that column out.
  private(set) var written: [String] = []
  /// The same, but a name that occurs again gets `.1`, `.2` and so on: every column has its own.
  private(set) var unique: [String] = []
  private var seen: Set<ByteName> = []
  /// The last suffix of each name: a header of one name alone would be counted anew for each column.
  private var suffixes: [ByteName: Int] = [:]

  mutating func append(_ cell: String) {
    let name = cell.isEmpty ? "unnamed\(written.count + 1)" : cell
    var own = name
    while !seen.insert(ByteName(own)).inserted {
      let suffix = suffixes[ByteName(name), default: 0] + 1
      suffixes[ByteName(name)] = suffix
      own = "\(name).\(suffix)"
    }
    written.append(name)
    unique.append(own)
  }
}

extension CellScanner {
  /// Reads over a row.
  ///
  /// - Returns: How many cells it has, or nil when the quotes do not match.
  mutating func rowWidth() -> Int? {
    var width = 0
    while true {
      let cell = next()
      if cell.fault != nil { return nil }
      width += 1
      if cell.endsRow { return width }
    }
  }

  /// Reads a row of names.
  ///
  /// - Returns: The names, or nil when the quotes do not match.
  mutating func headerCells() -> HeaderCells? {
    var names = HeaderCells()
    while true {
      let cell = next()
      if cell.fault != nil { return nil }
      let bytes = UnsafeBufferPointer(start: cell.text, count: cell.count)
      let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
      let first = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
      let last = bytes.lastIndex { !isSpace($0) } ?? first - 1
      names.append(first > last ? "" : String(decoding: bytes[first...last], as: UTF8.self))
      if cell.endsRow { return names }
    }
  }
}
