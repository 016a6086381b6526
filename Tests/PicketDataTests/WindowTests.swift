import PicketData
import PicketNumbers
import Testing

@Suite struct WindowTests {
  /// The nineteen columns of a stream's last connection, straight from their definitions.
  private func plain(_ stream: ArraySlice<Connection>) -> [Double] {
    guard let newest = stream.last else { return [] }
    let short = stream.suffix(511).filter { newest.start - $0.start <= 2_000_000 }
    let long = Array(stream.suffix(255))
    func isSameService(_ other: Connection) -> Bool {
      other.transport == newest.transport && other.port == newest.port
    }
    func share(_ part: [Connection], _ whole: [Connection]) -> Double {
      Double(Float(part.count) / Float(whole.count))
    }
    func distinct(_ keys: [String]) -> Double {
      let count = Set(keys).count
      return count > 1 ? Double(Float(count) / Float(keys.count)) : 0
    }
    func isSyn(_ one: Connection) -> Bool {
      ["S0", "S1", "S2", "S3", "SH"].contains(one.flag.rawValue)
    }
    func isReject(_ one: Connection) -> Bool {
      ["REJ", "RSTO", "RSTR", "RSTOS0"].contains(one.flag.rawValue)
    }
    func half(_ window: [Connection], withPorts: Bool) -> [Double] {
      let host = window.filter { $0.destination == newest.destination }
      let service = window.filter(isSameService)
      let errors = [
        share(host.filter(isSyn), host), share(service.filter(isSyn), service),
        share(host.filter(isReject), host), share(service.filter(isReject), service),
      ]
      let same = share(host.filter(isSameService), host)
      let services = distinct(host.map { "\($0.transport)/\($0.port)" })
      let hosts = distinct(service.map { "\($0.destination)" })
      let counts = [Double(host.count), Double(service.count)]
      guard withPorts else { return counts + errors + [same, services, hosts] }
      let ports = share(host.filter { $0.sourcePort == newest.sourcePort }, host)
      return counts + [same, services, ports, hosts] + errors
    }
    return half(Array(short), withPorts: false) + half(long, withPorts: true)
  }

  private func columns(_ window: WindowColumns) -> [Double] {
    [
      Double(window.count), Double(window.srvCount), Double(window.serrorRate),
      Double(window.srvSerrorRate), Double(window.rerrorRate), Double(window.srvRerrorRate),
      Double(window.sameSrvRate), Double(window.diffSrvRate), Double(window.srvDiffHostRate),
      Double(window.dstHostCount), Double(window.dstHostSrvCount),
      Double(window.dstHostSameSrvRate), Double(window.dstHostDiffSrvRate),
      Double(window.dstHostSameSrcPortRate), Double(window.dstHostSrvDiffHostRate),
      Double(window.dstHostSerrorRate), Double(window.dstHostSrvSerrorRate),
      Double(window.dstHostRerrorRate), Double(window.dstHostSrvRerrorRate),
    ]
  }

  /// A stream with ties, gaps of exactly two seconds, floods and scans.
  private func stream(_ seed: UInt64, _ count: Int) -> [Connection] {
    var generator = SeededGenerator(seed: seed)
    var now: Int64 = 0
    return (0..<count).map { index in
      let isFlood = index / 700 % 2 == 1
      now += isFlood ? Int64(generator.below(3000)) : generator.pick([0, 1, 40_000, 2_000_000])
      return Connection(
        start: now, transport: generator.pick(Connection.Transport.allCases), source: 1,
        sourcePort: UInt16(generator.below(4)), destination: UInt32(generator.below(6)),
        port: UInt16(isFlood ? generator.below(5) : generator.below(500)),
        flag: generator.pick(Connection.Flag.allCases))
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `window columns equal their definitions`(seed: UInt64) {
    let stream = stream(seed, 2200)
    var windows = ConnectionWindows()
    for index in stream.indices {
      let found = columns(windows.add(stream[index]))
      #expect(found == plain(stream[...index]), "connection \(index)")
    }
  }

  @Test func `a flood fills the windows to their limits`() {
    var windows = ConnectionWindows()
    var last = WindowColumns()
    for index in 0..<1500 {
      last = windows.add(
        Connection(
          start: Int64(index), source: UInt32(index), sourcePort: 1, destination: 9, port: 80,
          flag: .unanswered))
    }
    #expect(last.count == 511 && last.srvCount == 511)
    #expect(last.dstHostCount == 255 && last.dstHostSrvCount == 255)
    #expect(last.serrorRate == 1 && last.diffSrvRate == 0 && last.sameSrvRate == 1)
  }

  /// What C prints for a float quotient with `%.2f`.
  @Test(arguments: [
    (1, 8, 12), (3, 8, 38), (5, 8, 62), (1, 40, 3), (3, 40, 8), (7, 40, 17), (9, 40, 22),
    (1, 200, 0), (13, 40, 32), (1, 1, 100), (0, 5, 0), (1, 3, 33), (2, 3, 67),
  ])
  func `rates are rounded as the KDD files are`(part: Int, whole: Int, hundredths: Int) {
    #expect(WindowColumns.hundredths(Float(part) / Float(whole)) == hundredths)
  }
}
