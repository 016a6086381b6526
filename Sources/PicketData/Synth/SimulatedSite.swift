import PicketNumbers

/// A site in whose traffic events are collected.
struct SimulatedSite {
  var generator: SeededGenerator
  var events: [Synth.Event] = []

  let clients = (1...40).map { UInt32(0x0A00_0000 + $0) }
  let devices = (1...12).map { UInt32(0x0A00_0200 + $0) }
  let servers = (1...6).map { UInt32(0x0A00_0100 + $0) }
  let resolver: UInt32 = 0x0A00_0101
  /// Servers elsewhere, the first ones visited most.
  let sites = (0..<300).map { UInt32(0x2000_0000 + $0 * 7919) }
  let second = 1_000_000.0

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// A server elsewhere; the square favours the first ones.
  mutating func site() -> UInt32 {
    let place = generator.unit()
    return sites[Int(place * place * Double(sites.count))]
  }

  /// A stranger's address.
  mutating func stranger() -> UInt32 { UInt32(0x4000_0000 + generator.below(1 << 28)) }

  /// A port that a system takes for asking.
  mutating func ephemeralPort() -> UInt16 { UInt16(32_768 + generator.below(28_232)) }

  /// A size in bytes or a time in milliseconds.
  mutating func amount(_ median: Double, _ sigma: Double) -> Int64 {
    Int64(min(generator.logNormal(median: median, sigma: sigma), 1e11))
  }

  /// How an ordinary TCP connection goes: nearly always well.
  mutating func ordinaryFlag() -> Connection.Flag {
    let chance = generator.unit()
    switch chance {
    case ..<0.945: return .normal
    case ..<0.965: return .resetBySource
    case ..<0.975: return .resetByDestination
    case ..<0.983: return .open
    case ..<0.992: return .unanswered
    default: return .refused
    }
  }

  /// Adds a connection; one that never opened carries nothing.
  mutating func add(_ connection: Connection, _ label: Synth.Label = .normal) {
    var connection = connection
    switch connection.flag {
    case .unanswered:
      connection.duration = 0
      connection.destinationBytes = 0
      if connection.transport == .tcp { connection.sourceBytes = 0 }
    case .refused, .abandoned, .resetUnanswered:
      connection.duration = 0
      connection.sourceBytes = 0
      connection.destinationBytes = 0
    default: break
    }
    events.append(Synth.Event(connection: connection, label: label))
  }
}
