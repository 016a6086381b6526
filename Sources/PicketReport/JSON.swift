/// A JSON value whose objects keep the order in which their members were written.
///
/// Results are read by people too; an encoder that sorts keys, or mixes them, would hide what
/// belongs together.
public enum JSON: Sendable, Equatable {
  /// No value; also what a number that is not finite becomes.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number, written with as few digits as give it back exactly.
  case number(Double)
  /// A single-precision number, written with as few digits as give it back exactly.
  case float(Float)
  /// Text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Named members, in order.
  case object([Member])
  /// Text that is JSON already, and is copied.
  case verbatim(String)

  /// One member of an object.
  public struct Member: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value.
    public let value: JSON

    /// Names a value.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// A member of an object by name; nil when this is no object or has none of that name.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value on one line.
  public var compact: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// The value over several lines, two spaces a level, without a line feed at its end.
  ///
  /// A list of plain values stays on one line, and so does each row of a list of rows.
  public var pretty: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object, .verbatim: false
    default: true
    }
  }

  /// Whether this is an object of plain values, as the rows of a table are.
  private var isRow: Bool {
    guard case .object(let members) = self else { return false }
    return members.allSatisfy { member in
      if case .array(let values) = member.value { return values.allSatisfy(\.isPlain) }
      return member.value.isPlain
    }
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? Self.digits(value.description) : "null"
    case .float(let value): text += value.isFinite ? Self.digits(value.description) : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .verbatim(let value): text += value
    case .array(let values):
      let inner = values.allSatisfy(\.isPlain) ? nil : indent
      Self.writeList(values, "[", "]", to: &text, indent: inner) { value, text, indent in
        value.write(to: &text, indent: value.isRow ? nil : indent)
      }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &text, indent: indent) { member, text, indent in
        Self.quote(member.name, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, indent: Int?,
    _ write: (Item, inout String, Int?) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent, !items.isEmpty {
        text += "\n" + String(repeating: " ", count: indent + 2)
      } else if index > 0 {
        text += " "
      }
      write(item, &text, indent.map { $0 + 2 })
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  /// Swift writes 1e-05 and 5.0: both are JSON; a whole number needs no `.0`.
  private static func digits(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
