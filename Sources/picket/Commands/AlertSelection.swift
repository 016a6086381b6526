import ArgumentParser
import PicketData
import PicketText

/// Which alerts of a file are meant.
struct AlertSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp("The alert of this line of the file; may be repeated.", valueName: "n"))
  var line: [Int] = []

  @Option(
    help: ArgumentHelp(
      "Alerts of the connection of this number; may be repeated. Each run of picketd counts anew.",
      valueName: "n"))
  var id: [UInt64] = []

  @Option(help: ArgumentHelp("Alerts of this originator.", valueName: "address"))
  var source: String?

  @Option(help: ArgumentHelp("Alerts of connections to this address.", valueName: "address"))
  var destination: String?

  @Option(help: ArgumentHelp("Alerts of connections to this port.", valueName: "n"))
  var port: UInt16?

  @Flag(help: "All alerts of the file.")
  var all = false

  /// Whether nothing was said.
  var isEmpty: Bool {
    line.isEmpty && id.isEmpty && source == nil && destination == nil && port == nil && !all
  }

  func validate() throws {
    for (name, address) in [("source", source), ("destination", destination)] {
      if let address, NetworkAddress(address) == nil {
        throw ValidationError(
          "--\(name) \(address.shown(atMost: 80)): expected an IPv4 or IPv6 address")
      }
    }
    guard !all || line.isEmpty && id.isEmpty && source == nil && destination == nil && port == nil
    else { throw ValidationError("--all and the other choices exclude each other") }
  }

  /// The alerts that fit; all when nothing was said.
  ///
  /// - Throws: `Failure` when none does, or a number means connections of several runs.
  func choose(from file: AlertFile) throws(Failure) -> [(line: Int, alert: Alert)] {
    if let missing = line.first(where: { wanted in !file.alerts.contains { $0.line == wanted } }) {
      throw Failure("\(file.path): no line \(missing); its last is \(file.alerts.last?.line ?? 0)")
    }
    let chosen = file.alerts.filter { entry in
      (line.isEmpty || line.contains(entry.line)) && (id.isEmpty || id.contains(entry.alert.id))
        && Self.isSame(source, entry.alert.source)
        && Self.isSame(destination, entry.alert.destination)
        && (port == nil || port == entry.alert.destinationPort)
    }
    guard !chosen.isEmpty else {
      throw Failure(
        "\(file.path): none of its \(file.alerts.count) alerts is the one you mean; "
          + "'picket label list \(file.path)' shows them")
    }
    for wanted in id {
      let own = chosen.filter { $0.alert.id == wanted }
      guard Set(own.map(\.alert.start)).count <= 1 else {
        let lines = own.map { String($0.line) }.joined(separator: ", ")
        throw Failure(
          "\(file.path): --id \(wanted) is a connection of several runs of picketd, in lines \(lines); "
            + "say which with --line")
      }
    }
    return chosen
  }

  /// Whether an address is the one that was asked for, however each is written.
  private static func isSame(_ wanted: String?, _ found: String) -> Bool {
    wanted == nil || wanted.flatMap(NetworkAddress.init) == NetworkAddress(found)
  }
}
