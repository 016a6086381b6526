import CPicketFlow
import PicketFlow
import PicketText

/// What the columns of a replay log mean: the text that the daemon keeps beside the log.
///
/// It names columns, categories, windows and time-outs. A model carries its hash, and the daemon
/// refuses a model of another one.
public struct FlowSpecification: Sendable, Equatable {
  /// The text, as `picket_flow_specification` writes it.
  public let text: String
  let configuration: picket_flow_configuration

  /// Reads what lies beside a log, and holds it against what this trainer's own flow would write.
  ///
  /// - Parameter path: The text's file: the log's path and `.specification`.
  /// - Throws: `DataError` that names the line which differs.
  public init(path: String) throws(DataError) {
    let bytes: FileBytes
    do throws(DataError) {
      bytes = try FileBytes(path: path)
    } catch {
      throw DataError(
        file: path, found: error.found, expected: "the text that picketd writes beside its log",
        advice: "copy it along with the log, or give the log.path that 'picketd learn' wrote")
    }
    guard let text = bytes.utf8Text else {
      throw DataError(
        file: path, found: "bytes that are not UTF-8", expected: "the text that picketd writes",
        advice: Self.advice)
    }
    try self.init(text: text, file: path)
  }

  /// Reads a specification from text; `file` is for the messages.
  public init(text: String, file: String) throws(DataError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var configuration = picket_flow_configuration()
    picket_flow_defaults(&configuration)
    for (index, line) in lines.enumerated() {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let setting = Self.settings[String(words[0])] else { continue }
      guard setting(&configuration, words[1]) else {
        throw DataError(
          file: file, line: index + 1, column: String(words[0]),
          found: "'\(words[1].shown(atMost: 80))'",
          expected: words[0] == "bytes" ? "'payload' or 'ip'" : "a whole number in its range",
          advice: Self.advice)
      }
    }
    guard let own = Self.text(of: configuration) else {
      throw DataError(
        file: file, found: "settings that no flow accepts", expected: "those of a picketd",
        advice: Self.advice)
    }
    guard own == text else { throw Self.difference(lines, own, file) }
    self.text = text
    self.configuration = configuration
  }

  /// The specification of a configuration that is known to be possible.
  init?(_ configuration: picket_flow_configuration) {
    guard let text = Self.text(of: configuration) else { return nil }
    self.text = text
    self.configuration = configuration
  }

  /// Whether two texts say the same.
  public static func == (one: FlowSpecification, other: FlowSpecification) -> Bool {
    one.text == other.text
  }

  private static let advice =
    "keep the .specification that picketd wrote beside its log, and use a trainer of its version"

  private static func text(of configuration: picket_flow_configuration) -> String? {
    var configuration = configuration
    var text = [CChar](repeating: 0, count: Int(PICKET_FLOW_MAX_SPECIFICATION))
    guard
      picket_flow_specification(&configuration, &text, text.count, nil) == Int32(PICKET_FLOW_OK)
    else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The first line that another version of the flow wrote otherwise.
  private static func difference(_ found: [Substring], _ own: String, _ file: String) -> DataError {
    let expected = own.split(separator: "\n", omittingEmptySubsequences: false)
    let count = max(found.count, expected.count)
    let line = (0..<count).first { index in
      index >= found.count || index >= expected.count || found[index] != expected[index]
    }
    func quoted(_ lines: [Substring]) -> String {
      guard let line, line < lines.count else { return "the end of the text" }
      return "'\(lines[line].shown(atMost: 80))'"
    }
    return DataError(
      file: file, line: line.map { $0 + 1 }, found: quoted(found), expected: quoted(expected),
      advice: advice)
  }

  /// How each line that holds a setting is read; false when it cannot be.
  private static let settings:
    [String: @Sendable (inout picket_flow_configuration, Substring) -> Bool] = [
      "bytes": { configuration, word in
        let kinds = ["payload": PICKET_FLOW_PAYLOAD, "ip": PICKET_FLOW_IP]
        guard let kind = kinds[String(word)] else { return false }
        configuration.byte_count = UInt32(kind)
        return true
      },
      "window_ns": { read($1, into: &$0.window_ns) },
      "window_connections": { read($1, into: &$0.window_connections) },
      "host_connections": { read($1, into: &$0.host_connections) },
      "starts": { read($1, into: &$0.starts) },
      "unanswered_ns": { read($1, into: &$0.unanswered_ns) },
      "open_ns": { read($1, into: &$0.open_ns) },
      "closed_ns": { read($1, into: &$0.closed_ns) },
      "udp_ns": { read($1, into: &$0.udp_ns) },
      "icmp_ns": { read($1, into: &$0.icmp_ns) },
    ]

  private static func read<Number: FixedWidthInteger>(
    _ word: Substring, into number: inout Number
  ) -> Bool {
    guard let value = Number(word) else { return false }
    number = value
    return true
  }
}
