/// Why a line of text is no record.
public enum LineFault: Equatable, Sendable {
  /// It has more bytes than the library takes: so many.
  case tooLong(Int)
  /// It ends before the cell of a field.
  case tooShort(field: Int)
  /// A field's cell has a quote that does not close where the cell ends; the line from there on.
  case quotes(field: Int, text: [UInt8])
  /// A numeric field's cell is no number.
  case notANumber(field: Int, text: [UInt8])

  private static let quote = UInt8(ascii: "\"")

  /// Looks at the field that the parser could not read: those before it can be.
  init(_ line: UnsafeBufferPointer<UInt8>, delimiter: UInt8, field: Int) {
    var rest = Self.withoutEnd(line)
    for _ in 0..<field {
      if rest.first == Self.quote {
        rest = rest.dropFirst().drop { $0 != Self.quote }.dropFirst()
      }
      rest = rest.drop { $0 != delimiter }
      guard !rest.isEmpty else {
        self = .tooShort(field: field)
        return
      }
      rest = rest.dropFirst()
    }
    let isQuoted = rest.first == Self.quote
    let cell =
      isQuoted ? rest.dropFirst().prefix { $0 != Self.quote } : rest.prefix { $0 != delimiter }
    let after = rest[cell.endIndex...]
    let isClosed = !isQuoted || after.count == 1 || after.dropFirst().first == delimiter
    self =
      isClosed
      ? .notANumber(field: field, text: Array(cell)) : .quotes(field: field, text: Array(rest))
  }

  private static func withoutEnd(_ line: UnsafeBufferPointer<UInt8>) -> Slice<
    UnsafeBufferPointer<UInt8>
  > {
    var line = line[...]
    if line.last == UInt8(ascii: "\n") { line = line.dropLast() }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    return line
  }
}
