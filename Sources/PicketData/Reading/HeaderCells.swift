/// The names of a header.
struct HeaderCells {
  /// As they stand there, without the spaces around them.
  private(set) var written: [String] = []
  /// The same, but a name that occurs again gets `.1`, `.2` and so on: every column has its own.
  private(set) var unique: [String] = []
  private var seen: Set<ByteName> = []

  mutating func append(_ name: String) {
    var own = name
    var copies = 0
    while !seen.insert(ByteName(own)).inserted {
      copies += 1
      own = "\(name).\(copies)"
    }
    written.append(name)
    unique.append(own)
  }
}

extension CellScanner {
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
