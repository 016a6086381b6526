import PicketText

/// What an operator says of some connections of a log: one line of a label file.
///
/// ```
/// VERDICT FROM TO PROTOCOL SOURCE SOURCE_PORT DESTINATION DESTINATION_PORT FLAG
/// ```
///
/// FROM and TO bound the connection's start, both included. A `*` fits anything.
public struct ConnectionMark: Sendable, Equatable {
  /// What an operator says.
  public enum Verdict: String, Sendable, CaseIterable {
    /// A false alert: the connection is normal.
    case isFalse = "false"
    /// A true alert: the connection is an anomaly.
    case isTrue = "true"
    /// Neither: nothing should be learned from the connection.
    case unsure
  }

  /// What is said.
  public var verdict: Verdict
  /// The earliest start, nanoseconds since 1970.
  public var from: UInt64
  /// The latest start.
  public var through: UInt64
  /// `tcp`, `udp` or `icmp`; nil for any.
  public var protocolName: String?
  /// The originator.
  public var source: NetworkAddress?
  /// Its port.
  public var sourcePort: UInt16?
  /// The responder.
  public var destination: NetworkAddress?
  /// Its port.
  public var destinationPort: UInt16?
  /// How the connection ended: a name of the column `flag`.
  public var flag: String?

  /// The names of the line's words, in order.
  static let words = [
    "verdict", "from", "to", "protocol", "source", "source port", "destination",
    "destination port", "flag",
  ]

  /// Describes connections by their start alone.
  public init(_ verdict: Verdict, from: UInt64, through: UInt64) {
    self.verdict = verdict
    self.from = from
    self.through = through
  }

  /// Reads a line.
  ///
  /// - Throws: `DataError` that names the line and the word.
  public init(line: Substring, number: Int, file: String) throws(DataError) {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    func fault(_ word: Int, _ expected: String) -> DataError {
      DataError(
        file: file, line: number, column: Self.words[word],
        found: "'\(words[word].shown(atMost: 40))'",
        expected: expected, advice: "correct the line, or delete it and mark the alert again")
    }
    guard words.count == Self.words.count else {
      throw DataError(
        file: file, line: number, found: "\(words.count) words",
        expected: "\(Self.words.count): \(Self.words.joined(separator: ", "))",
        advice: "complete the line, or delete it")
    }
    func read<Value>(
      _ word: Int, _ expected: String, _ parse: (String) -> Value?
    ) throws(DataError) -> Value? {
      if words[word] == "*" { return nil }
      guard let value = parse(String(words[word])) else { throw fault(word, expected + " or '*'") }
      return value
    }
    guard let verdict = Verdict(rawValue: String(words[0])) else {
      throw fault(0, "'true', 'false' or 'unsure'")
    }
    guard let from = RecordTime(String(words[1])) else { throw fault(1, RecordTime.form) }
    guard let through = RecordTime(String(words[2])) else { throw fault(2, RecordTime.form) }
    guard from.nanoseconds <= through.nanoseconds else {
      throw fault(2, "no time before the first")
    }
    self.verdict = verdict
    self.from = from.nanoseconds
    self.through = through.nanoseconds
    protocolName = try read(3, "'tcp', 'udp', 'icmp'") {
      FlowColumns.categories[1].contains($0) ? $0 : nil
    }
    source = try read(4, "an address", NetworkAddress.init)
    sourcePort = try read(5, "a port", UInt16.init)
    destination = try read(6, "an address", NetworkAddress.init)
    destinationPort = try read(7, "a port", UInt16.init)
    flag = try read(8, "a flag such as SF") { FlowColumns.categories[3].contains($0) ? $0 : nil }
  }

  /// The line, without its end.
  public var line: String {
    let words = [
      verdict.rawValue, RecordTime(nanoseconds: from).text, RecordTime(nanoseconds: through).text,
      protocolName, source?.text, sourcePort.map(String.init), destination?.text,
      destinationPort.map(String.init), flag,
    ]
    return words.map { $0 ?? "*" }.joined(separator: " ")
  }
}
