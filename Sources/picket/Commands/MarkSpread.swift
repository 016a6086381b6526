import ArgumentParser
import PicketData

/// Which connections a mark is about: that of the alert, or also those around it.
struct MarkSpread: ParsableArguments {
  /// What connections can have in common.
  enum Part: String, CaseIterable {
    case source, destination, port, flag
    case protocolName = "protocol"
  }

  /// Several parts, as `destination,port`.
  struct Parts: ExpressibleByArgument {
    let parts: Set<Part>

    init?(argument: String) {
      var parts: Set<Part> = []
      for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let part = Part(rawValue: String(word)) else { return nil }
        parts.insert(part)
      }
      self.parts = parts
    }
  }

  @Option(
    help: ArgumentHelp(
      "Also connections that began at most this long before or after.", valueName: "seconds"))
  var within: Double?

  @Option(
    help: ArgumentHelp(
      "What these have in common with the alert: "
        + Part.allCases.map(\.rawValue).joined(separator: ", ") + ". (default: source)",
      valueName: "part,part"))
  var same: Parts?

  func validate() throws {
    guard let within else {
      if same != nil { throw ValidationError("--same is for --within SECONDS") }
      return
    }
    guard within > 0, within <= 604_800 else {
      throw ValidationError("--within \(within): expected seconds, above 0 and at most a week")
    }
  }

  /// The marks for some alerts: each once, and overlapping times joined.
  func marks(of alerts: [(mark: ConnectionMark, flag: String)]) throws -> [ConnectionMark] {
    let spread = alerts.map { widened($0.mark, flag: $0.flag) }
    var joined: [ConnectionMark] = []
    for mark in spread.sorted(by: { $0.from < $1.from }) {
      if let index = joined.lastIndex(where: { $0.joins(mark) }) {
        joined[index].through = max(joined[index].through, mark.through)
      } else {
        joined.append(mark)
      }
    }
    return joined
  }

  private func widened(_ exact: ConnectionMark, flag: String) -> ConnectionMark {
    guard let within else { return exact }
    let parts = same?.parts ?? [.source]
    let reach = UInt64(within * 1e9)
    var mark = ConnectionMark(
      exact.verdict, from: exact.from - min(reach, exact.from),
      through: exact.through + min(reach, .max - exact.through))
    if parts.contains(.source) { mark.source = exact.source }
    if parts.contains(.destination) { mark.destination = exact.destination }
    if parts.contains(.port) { mark.destinationPort = exact.destinationPort }
    if parts.contains(.flag) { mark.flag = flag }
    if parts.contains(.protocolName) { mark.protocolName = exact.protocolName }
    return mark
  }
}

extension ConnectionMark {
  /// Whether a mark that begins later says the same of connections, and its time goes on from here.
  fileprivate func joins(_ later: ConnectionMark) -> Bool {
    var same = later
    (same.from, same.through) = (from, through)
    return self == same && later.from <= through
  }
}
