import CPicket

/// Turns a line of text into a record.
extension Model {
  /// Reads one cell for each field.
  ///
  /// - Parameters:
  ///   - line: The text, `length` bytes.
  ///   - record: Receives one float for each field.
  ///   - badField: Receives the field whose cell could not be read, if one could not.
  /// - Returns: Whether all could be read.
  @_optimize(speed)
  public func parse(
    _ line: UnsafePointer<UInt8>, _ length: Int, delimiter: UInt8,
    into record: UnsafeMutablePointer<Float>, badField: inout Int
  ) -> Bool {
    let end = withoutLineEnd(line, length)
    var at = 0
    var i = 0
    while i < fieldCount.int {
      badField = i
      // After the last cell `at` is one past the end: there is no cell left.
      guard at <= end else { return false }
      guard let cell = Cell(line, from: at, to: end, delimiter: delimiter) else { return false }
      let field = field(i)
      let text = line + cell.start
      if field.kind == PICKET_NUMERIC {
        guard parseDecimal(text, cell.count, &record[i]) else { return false }
      } else {
        let index = categoryIndex(field, text, cell.count)
        record[i] = index < 0 ? -1 : Float(index)
      }
      at = cell.next
      i &+= 1
    }
    return true
  }

  private func withoutLineEnd(_ line: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var end = length
    if end > 0 && line[end &- 1] == 0x0A { end &-= 1 }
    if end > 0 && line[end &- 1] == 0x0D { end &-= 1 }
    return end
  }
}

/// The longest line that is read.
public var mostLineBytes: Int { 65_536 }

/// Whether a byte may stand between cells: not a quote, a line end, or part of a number.
public func canSeparate(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x0A, 0x0D, 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: false
  default: true
  }
}

/// Where one cell of a line lies.
private struct Cell {
  let start: Int
  let count: Int
  /// Where the next cell starts, one past its delimiter.
  let next: Int

  /// Finds the end of a cell, in double quotes or not.
  ///
  /// - Returns: nil if a quote does not close, or if something stands behind the closing one.
  init?(_ line: UnsafePointer<UInt8>, from start: Int, to end: Int, delimiter: UInt8) {
    let quote: UInt8 = 0x22
    let quoted = start < end && line[start] == quote
    let first = quoted ? start &+ 1 : start
    let stop = quoted ? quote : delimiter
    var at = first
    while at < end && line[at] != stop { at &+= 1 }
    self.start = first
    count = at &- first
    if quoted {
      guard at < end else { return nil }
      at &+= 1
      guard at == end || line[at] == delimiter else { return nil }
    }
    next = at &+ 1
  }
}
