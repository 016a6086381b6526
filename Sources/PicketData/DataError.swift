import PicketText

/// What is wrong with a data, schema or split file, where, and what to do next.
///
/// One struct serves every cause, so that each message has the same shape: the place, what was
/// found, what was expected, the next step.
public struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What can be done about a row that cannot be read, besides mending it.
  public static let orLeaveOut = "or leave such rows out with --skip-bad-rows"

  /// The file's path or name.
  public var file: String
  /// The line, from 1; nil when the whole file is meant.
  public var line: Int?
  /// The column's or the key's name; nil when no single one is meant.
  public var column: String?
  /// What was found.
  public var found: String
  /// What should have been there.
  public var expected: String
  /// What the reader of the message can do.
  public var advice: String

  /// Describes one fault.
  public init(
    file: String, line: Int? = nil, column: String? = nil, found: String, expected: String,
    advice: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// The message on one line, whatever the file holds: `file:line: 'c': found ...; expected ...; advice`.
  public var description: String { "\(fault); \(advice.shown())" }

  /// The message without the advice, for a row that was left out already.
  public var fault: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ": '\(column.shown(atMost: 80))'" }
    return (text + ": found \(found); expected \(expected)").shown()
  }
}
