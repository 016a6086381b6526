extension SimulatedSite {
  /// Adds attacks, one after the other, until they have made `count` connections.
  ///
  /// Each kind gets a share of the connections; when one is used up, the next begins.
  mutating func addAttacks(_ count: Int, within span: Int64) {
    let shares: [(Synth.Label, Double)] = [
      (.portScan, 0.30), (.synFlood, 0.30), (.bruteForce, 0.20), (.slowScan, 0.12),
      (.exfiltration, 0.08),
    ]
    let before = events.count
    var end = 0.0
    for (label, share) in shares {
      end += share
      let isLast = label == shares.last?.0
      let limit = before + (isLast ? count : Int(Double(count) * end))
      while events.count < limit {
        let start = generator.unit() * Double(span)
        switch label {
        case .portScan: scan(start, limit)
        case .synFlood: flood(start, limit)
        case .bruteForce: guessPasswords(start, limit)
        case .slowScan: scanSlowly(start, limit)
        case .exfiltration, .normal: carryOut(start, limit)
        }
      }
    }
  }

  /// How a probed port answers: most are closed, some drop, a few are open.
  private mutating func probeFlag(filtered: Double) -> Connection.Flag {
    if generator.happens(filtered) { return .unanswered }
    return generator.happens(0.95) ? .refused : .resetBySource
  }

  private mutating func scan(_ start: Double, _ limit: Int) {
    var now = start
    let attacker = stranger()
    let target = generator.pick(servers + clients)
    let filtered = generator.pick([0.02, 0.5, 0.98])
    let pause = generator.pick([0.004, 0.02, 0.1]) * second
    let from = ephemeralPort()
    let keepsPort = generator.happens(0.5)
    for _ in 0..<(60 + generator.below(340)) where events.count < limit {
      now += generator.exponential(mean: pause)
      add(
        Connection(
          start: Int64(now), duration: 1, source: attacker,
          sourcePort: keepsPort ? from : ephemeralPort(), destination: target,
          port: UInt16(1 + generator.below(10_000)), flag: probeFlag(filtered: filtered)),
        .portScan)
    }
  }

  private mutating func flood(_ start: Double, _ limit: Int) {
    var now = start
    let target = generator.pick(servers)
    let port = generator.pick([80, 443, 25, 22] as [UInt16])
    let pause = generator.pick([0.002, 0.01, 0.04]) * second
    let isSpoofed = generator.happens(0.5)
    let attacker = stranger()
    for _ in 0..<(200 + generator.below(1000)) where events.count < limit {
      now += generator.exponential(mean: pause)
      // A server under a flood still completes some.
      add(
        Connection(
          start: Int64(now), duration: amount(400, 1), source: isSpoofed ? stranger() : attacker,
          sourcePort: UInt16(1024 + generator.below(64_000)), destination: target, port: port,
          flag: generator.happens(0.93) ? .unanswered : .resetByDestination),
        .synFlood)
    }
  }

  private mutating func guessPasswords(_ start: Double, _ limit: Int) {
    var now = start
    let attacker = stranger()
    let target = generator.pick(servers)
    let port = generator.pick([22, 22, 3389, 21, 993] as [UInt16])
    let pause = generator.pick([0.25, 1, 4]) * second
    for _ in 0..<(40 + generator.below(200)) where events.count < limit {
      now += generator.exponential(mean: pause)
      add(
        Connection(
          start: Int64(now), duration: amount(2200, 0.35), source: attacker,
          sourcePort: ephemeralPort(), destination: target, port: port,
          flag: generator.happens(0.85) ? .normal : .resetByDestination,
          sourceBytes: amount(1100, 0.2), destinationBytes: amount(1500, 0.2)),
        .bruteForce)
    }
  }

  private mutating func scanSlowly(_ start: Double, _ limit: Int) {
    var now = start
    let attacker = stranger()
    let pause = generator.pick([3, 8, 20]) * second
    for _ in 0..<(30 + generator.below(90)) where events.count < limit {
      now += generator.exponential(mean: pause)
      add(
        Connection(
          start: Int64(now), duration: 1, source: attacker, sourcePort: ephemeralPort(),
          destination: generator.pick(servers + clients),
          port: generator.pick([21, 22, 23, 80, 139, 443, 445, 1433, 3306, 3389, 5432, 8080]),
          flag: probeFlag(filtered: 0.4)),
        .slowScan)
    }
  }

  private mutating func carryOut(_ start: Double, _ limit: Int) {
    var now = start
    let client = generator.pick(clients)
    let drop = stranger()
    let port = generator.pick([443, 443, 22, 80] as [UInt16])
    for _ in 0..<(5 + generator.below(25)) where events.count < limit {
      now += generator.exponential(mean: generator.pick([2, 15]) * second)
      add(
        Connection(
          start: Int64(now), duration: amount(15_000, 0.8), source: client,
          sourcePort: ephemeralPort(), destination: drop, port: port, flag: ordinaryFlag(),
          sourceBytes: amount(1_500_000, 1), destinationBytes: amount(2500, 0.5)),
        .exfiltration)
    }
  }
}
