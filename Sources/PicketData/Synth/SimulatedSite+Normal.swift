extension SimulatedSite {
  /// Adds ordinary connections.
  ///
  /// - Returns: When the last one began, in microseconds.
  mutating func addNormal(_ count: Int) -> Int64 {
    var now = 0.0
    while events.count < count {
      now += generator.exponential(mean: 0.6 * second)
      switch generator.unit() {
      case ..<0.46: browse(now)
      case ..<0.58: resolve(clients[generator.below(clients.count)], now)
      case ..<0.66: fetchMail(now)
      case ..<0.69: sendMail(now)
      case ..<0.77: report(now)
      case ..<0.82: keepTime(now)
      case ..<0.86: ping(now)
      case ..<0.96: visit(now)
      case ..<0.975: administer(now)
      case ..<0.985: backUp(now)
      default: talkToPeers(now)
      }
    }
    // A session may have run over.
    events.removeLast(events.count - count)
    return Int64(now)
  }

  private mutating func resolve(_ client: UInt32, _ now: Double) {
    add(
      Connection(
        start: Int64(now), duration: amount(12, 1), transport: .udp, source: client,
        sourcePort: ephemeralPort(), destination: resolver, port: 53,
        flag: generator.happens(0.99) ? .normal : .unanswered, sourceBytes: 24 + amount(14, 0.4),
        destinationBytes: 40 + amount(90, 0.6)))
  }

  private mutating func tcp(
    _ now: Double, _ source: UInt32, _ destination: UInt32, _ port: UInt16,
    lasting: (Double, Double),
    sent: (Double, Double), received: (Double, Double)
  ) {
    add(
      Connection(
        start: Int64(now), duration: amount(lasting.0, lasting.1), source: source,
        sourcePort: ephemeralPort(), destination: destination, port: port, flag: ordinaryFlag(),
        sourceBytes: amount(sent.0, sent.1), destinationBytes: amount(received.0, received.1)))
  }

  /// A page: names are resolved, then each of a few servers gets a few connections.
  private mutating func browse(_ start: Double) {
    var now = start
    let client = generator.pick(clients)
    for _ in 0...generator.below(4) {
      resolve(client, now)
      now += generator.exponential(mean: 0.05 * second)
      let server = site()
      let isQuic = generator.happens(0.15)
      let port: UInt16 = generator.happens(0.9) ? 443 : 80
      for _ in 0...generator.below(6) {
        now += generator.exponential(mean: 0.12 * second)
        if isQuic {
          add(
            Connection(
              start: Int64(now), duration: amount(2500, 1.2), transport: .udp, source: client,
              sourcePort: ephemeralPort(), destination: server, port: 443, flag: .normal,
              sourceBytes: amount(2400, 0.9), destinationBytes: amount(15_000, 1.6)))
        } else {
          tcp(
            now, client, server, port, lasting: (1500, 1.3), sent: (900, 1),
            received: (9000, 1.7))
        }
      }
    }
  }

  private mutating func fetchMail(_ now: Double) {
    tcp(
      now, generator.pick(clients), servers[1], 993, lasting: (800, 1), sent: (700, 0.5),
      received: (2500, 1.5))
  }

  private mutating func sendMail(_ now: Double) {
    tcp(
      now, generator.pick(clients), servers[1], 587, lasting: (1200, 0.8), sent: (9000, 1.8),
      received: (600, 0.3))
  }

  /// A device tells its server how it is.
  private mutating func report(_ now: Double) {
    tcp(
      now, generator.pick(devices), sites[0], 8883, lasting: (300, 0.4), sent: (420, 0.25),
      received: (180, 0.2))
  }

  private mutating func keepTime(_ now: Double) {
    add(
      Connection(
        start: Int64(now), duration: amount(25, 0.5), transport: .udp,
        source: generator.pick(clients + devices), sourcePort: 123, destination: sites[1],
        port: 123, flag: generator.happens(0.98) ? .normal : .unanswered, sourceBytes: 48,
        destinationBytes: 48))
  }

  private mutating func ping(_ now: Double) {
    add(
      Connection(
        start: Int64(now), duration: amount(10, 0.8), transport: .icmp, source: servers[0],
        sourcePort: 0, destination: generator.pick(servers + devices), port: 8,
        flag: generator.happens(0.97) ? .normal : .unanswered, sourceBytes: 56,
        destinationBytes: 56))
  }

  /// Strangers use the site's own servers.
  private mutating func visit(_ start: Double) {
    var now = start
    let guest = stranger()
    let isMail = generator.happens(0.2)
    for _ in 0...generator.below(isMail ? 1 : 5) {
      now += generator.exponential(mean: 0.2 * second)
      if isMail {
        tcp(
          now, guest, servers[1], 25, lasting: (1800, 0.9), sent: (6000, 1.6), received: (400, 0.3))
      } else {
        tcp(
          now, guest, servers[2], generator.happens(0.8) ? 443 : 80, lasting: (700, 1.2),
          sent: (600, 0.7), received: (7000, 1.4))
      }
    }
  }

  private mutating func administer(_ start: Double) {
    var now = start
    let administrator = clients[generator.below(3)]
    for _ in 0...generator.below(3) {
      now += generator.exponential(mean: 4 * second)
      let server = generator.pick(servers)
      tcp(
        now, administrator, server, generator.happens(0.85) ? 22 : 3389, lasting: (60_000, 1.8),
        sent: (5000, 1.5), received: (12_000, 1.8))
    }
  }

  /// Uploads: what exfiltration hides among.
  private mutating func backUp(_ start: Double) {
    var now = start
    let client = generator.pick(clients)
    for _ in 0...generator.below(4) {
      now += generator.exponential(mean: 3 * second)
      tcp(
        now, client, sites[2], 443, lasting: (20_000, 1), sent: (400_000, 1.6),
        received: (3000, 0.6))
    }
  }

  /// Calls and games: ports without a name, peers that are gone.
  private mutating func talkToPeers(_ start: Double) {
    var now = start
    let client = generator.pick(clients)
    let from = ephemeralPort()
    for _ in 0...generator.below(6) {
      now += generator.exponential(mean: 0.3 * second)
      add(
        Connection(
          start: Int64(now), duration: amount(8000, 1.8), transport: .udp, source: client,
          sourcePort: from, destination: stranger(), port: UInt16(1024 + generator.below(60_000)),
          flag: generator.happens(0.7) ? .normal : .unanswered, sourceBytes: amount(3000, 2),
          destinationBytes: amount(4000, 2)))
    }
  }
}
