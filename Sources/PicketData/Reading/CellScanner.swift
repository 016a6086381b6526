import Glibc

/// Walks over the cells of delimited text.
///
/// A cell is either plain, up to the next delimiter or line end, or quoted: then it may hold
/// delimiters, line ends and doubled quotes, and the closing quote ends it. A carriage return
/// before a line feed belongs to the line end. The text lies in `FileBytes`, whose newline after
/// the last byte ends the last cell.
struct CellScanner {
  /// One cell, its quotes taken off.
  struct Cell {
    /// The first byte; valid until the next cell is read.
    var text: UnsafePointer<UInt8>
    /// How many bytes.
    var count: Int
    /// Whether the row ends with it.
    var endsRow: Bool
    /// What is wrong with its quotes, if anything.
    var fault: QuoteFault?
  }

  /// What can be wrong with a quoted cell.
  enum QuoteFault {
    case unclosed
    case textAfterQuote
  }

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  /// Where the next cell begins.
  var position: UnsafePointer<UInt8>
  /// One past the last byte of the file.
  let end: UnsafePointer<UInt8>
  /// Where nothing but line ends is left.
  private let trailingBlanks: UnsafePointer<UInt8>
  /// The line that `position` is on, from 1.
  var line = 1
  private let delimiter: UInt8
  /// Keeps what `position` and `end` point into.
  private let bytes: FileBytes
  private let unescaped = FileBytes(capacity: 64)

  /// Starts at the first byte, after a byte-order mark if there is one.
  init(_ bytes: FileBytes, delimiter: UInt8) {
    position = UnsafePointer(bytes.base)
    end = position + bytes.count
    var blanks = end
    while blanks > position,
      blanks[-1] == CellScanner.newline || blanks[-1] == CellScanner.carriageReturn
    {
      blanks -= 1
    }
    trailingBlanks = blanks
    self.delimiter = delimiter
    self.bytes = bytes
    position += bytes.withBytes { ByteOrderMark.length(in: $0) }
  }

  /// Whether all bytes have been read.
  var isAtEnd: Bool { position >= end }

  /// Whether the line at `position` is empty.
  var isAtBlankLine: Bool {
    position[0] == CellScanner.newline
      || position[0] == CellScanner.carriageReturn && position[1] == CellScanner.newline
  }

  /// Whether nothing but line ends is left.
  var isAtTrailingBlanks: Bool { position >= trailingBlanks }

  /// Reads the next cell and steps over what ends it.
  mutating func next() -> Cell {
    if position[0] == CellScanner.quote { return nextQuoted() }
    let start = position
    var stop = start
    while stop[0] != delimiter && stop[0] != CellScanner.newline { stop += 1 }
    let endsRow = stop[0] == CellScanner.newline
    var count = stop - start
    if endsRow {
      line += 1
      if count > 0, stop[-1] == CellScanner.carriageReturn { count -= 1 }
    }
    position = stop + 1
    return Cell(text: start, count: count, endsRow: endsRow, fault: nil)
  }

  /// Goes to the line after the one that `position` is on.
  mutating func skipLine() {
    while position[0] != CellScanner.newline { position += 1 }
    position += 1
    line += 1
  }

  /// Goes to the start of the next row.
  mutating func skipRow() {
    while true {
      let cell = next()
      if cell.fault != nil {
        // Quotes that do not match say nothing about where the row ends: trust the line.
        if !isAtEnd { skipLine() }
        return
      }
      if cell.endsRow { return }
    }
  }

  private mutating func nextQuoted() -> Cell {
    let start = position + 1
    var from = start
    var copied = 0
    while true {
      // A closing quote is looked for in the file's own bytes: the padding has none.
      guard from < end, let found = memchr(from, Int32(CellScanner.quote), end - from) else {
        return Cell(text: start, count: end - start, endsRow: false, fault: .unclosed)
      }
      let close = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      let isDoubled = close[1] == CellScanner.quote
      if isDoubled || copied > 0 {
        let length = close - from + (isDoubled ? 1 : 0)
        unescaped.grow(to: 2 * (copied + length))
        (unescaped.base + copied).update(from: from, count: length)
        copied += length
      }
      from = close + (isDoubled ? 2 : 1)
      if isDoubled { continue }
      let text = copied > 0 ? UnsafePointer(unescaped.base) : start
      return closed(text, copied > 0 ? copied : close - start, from: start, after: from)
    }
  }

  private mutating func closed(
    _ text: UnsafePointer<UInt8>, _ count: Int, from start: UnsafePointer<UInt8>,
    after: UnsafePointer<UInt8>
  ) -> Cell {
    var stop = after
    if stop[0] == CellScanner.carriageReturn && stop[1] == CellScanner.newline { stop += 1 }
    let endsRow = stop[0] == CellScanner.newline
    guard endsRow || stop[0] == delimiter else {
      return Cell(text: text, count: count, endsRow: false, fault: .textAfterQuote)
    }
    for byte in UnsafeBufferPointer(start: start, count: after - start)
    where byte == CellScanner.newline { line += 1 }
    if endsRow { line += 1 }
    position = stop + 1
    return Cell(text: text, count: count, endsRow: endsRow, fault: nil)
  }
}
