import CPicketFlow

/// A label file: lines of `ConnectionMark`, of which the last that fits a connection counts.
///
/// Empty lines and lines that begin with `#` are passed over; a line may end, and the file begin, as on
/// Windows.
public struct ConnectionMarks: Sendable, Equatable {
  /// The marks with the numbers of their lines, in the order of the file.
  public private(set) var marks: [(line: Int, mark: ConnectionMark)] = []

  /// No marks.
  public init() {}

  /// Reads a label file.
  ///
  /// - Throws: `DataError` that names the line and the word.
  public init(path: String) throws(DataError) {
    try self.init(SourceFile(path: path))
  }

  /// Reads a label file that is in memory.
  ///
  /// - Throws: `DataError`, as for a path.
  public init(_ file: SourceFile) throws(DataError) {
    let text = try file.text(
      expected: "lines that 'picket label' wrote", advice: "give the right file")
    try self.init(text: text, file: file.path)
  }

  /// Reads label lines from text; `file` is for the messages.
  public init(text: String, file: String) throws(DataError) {
    // Of bytes: to Swift a carriage return and a line feed are one character, and no line feed.
    let lines = text.utf8.dropFirst(ByteOrderMark.length(in: text.utf8))
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let line = Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
      guard let first = line.utf8.first, first != UInt8(ascii: "#") else { continue }
      marks.append((index + 1, try ConnectionMark(line: line, number: index + 1, file: file)))
    }
  }

  /// Whether two files say the same.
  public static func == (one: ConnectionMarks, other: ConnectionMarks) -> Bool {
    one.marks.map(\.mark) == other.marks.map(\.mark)
  }
}

/// Finds what a label file says of each connection.
struct MarkMatcher {
  private let marks: ConnectionMarks
  /// Marks of one connection each, by its start: there may be thousands.
  private var single: [UInt64: [Int]] = [:]
  /// All others.
  private var several: [Int] = []
  private var isUsed: [Bool]

  init(_ marks: ConnectionMarks) {
    self.marks = marks
    isUsed = Array(repeating: false, count: marks.marks.count)
    for (index, entry) in marks.marks.enumerated() {
      if entry.mark.from == entry.mark.through {
        single[entry.mark.from, default: []].append(index)
      } else {
        several.append(index)
      }
    }
  }

  /// What the last line that fits says; nil when none does.
  mutating func verdict(of event: picket_flow_event) -> ConnectionMark.Verdict? {
    guard !marks.marks.isEmpty else { return nil }
    var last: Int?
    for index in (single[event.start_ns] ?? []) + several
    where marks.marks[index].mark.fits(event) {
      isUsed[index] = true
      last = max(last ?? index, index)
    }
    return last.map { marks.marks[$0].mark.verdict }
  }

  /// The lines that fitted no connection.
  var idleLines: [Int] { zip(marks.marks, isUsed).filter { !$0.1 }.map(\.0.line) }
}

extension ConnectionMark {
  /// Whether it is about a connection.
  func fits(_ event: picket_flow_event) -> Bool {
    guard event.start_ns >= from, event.start_ns <= through else { return false }
    if let sourcePort, sourcePort != event.source_port { return false }
    if let destinationPort, destinationPort != event.destination_port { return false }
    if let flag, flag != FlowColumns.categories[3][Int(event.flag)] { return false }
    let own = event.protocol == 6 ? "tcp" : event.protocol == 17 ? "udp" : "icmp"
    if let protocolName, protocolName != own { return false }
    if let source, source != NetworkAddress(event.source) { return false }
    if let destination, destination != NetworkAddress(event.destination) { return false }
    return true
  }
}
