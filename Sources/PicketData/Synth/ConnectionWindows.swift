/// Computes window columns over a stream of connections.
///
/// What the KDD files do, and what was chosen where they do not tell: the stream is in order of
/// start; the short window holds those of the last 511 connections that began at most two seconds
/// (inclusive) before; of two connections that began together the later in the stream sees the
/// earlier; the long window holds the last 255 of the whole stream.
public struct ConnectionWindows {
  /// How many connections the short window looks back, the current one included.
  public static let shortCount = 511
  /// How many connections the long window holds, the current one included.
  public static let longCount = 255
  /// How far the short window looks back, in microseconds.
  public static let shortSpan: Int64 = 2_000_000

  /// What the windows need to know of a connection.
  private struct Entry {
    var start: Int64
    var host: Int32
    var service: Int32
    var sourcePort: UInt16
    var isSynError: Bool
    var isRejectError: Bool
  }

  /// What is counted among the connections to one host, or to one service.
  private struct Group {
    var count = 0
    var synErrors = 0
    var rejectErrors = 0
    var distinct = 0

    @inline(__always)
    mutating func add(_ entry: Entry) {
      count += 1
      synErrors += entry.isSynError ? 1 : 0
      rejectErrors += entry.isRejectError ? 1 : 0
    }

    func rate(_ part: Int) -> Float { Float(part) / Float(count) }
    var distinctRate: Float { distinct > 1 ? rate(distinct) : 0 }
  }

  /// The last connections, twice as many as are looked at, so that they move up rarely.
  private var recent: [Entry] = []
  private var hosts: [UInt32: Int32] = [:]
  private var services: [UInt32: Int32] = [:]
  /// For each host and service, the window that counted it last.
  private var hostMark: [Int] = []
  private var serviceMark: [Int] = []
  private var mark = 0

  /// Starts with no connection seen.
  public init() {
    recent.reserveCapacity(2 * ConnectionWindows.shortCount)
  }

  /// Takes the next connection of the stream and gives its window columns.
  public mutating func add(_ connection: Connection) -> WindowColumns {
    if recent.count == 2 * ConnectionWindows.shortCount {
      recent.removeFirst(ConnectionWindows.shortCount + 1)
    }
    recent.append(entry(connection))
    var columns = WindowColumns()
    let newest = recent.count - 1
    let oldest = max(0, recent.count - ConnectionWindows.shortCount)
    let horizon = connection.start - ConnectionWindows.shortSpan
    var first = newest
    while first > oldest, recent[first - 1].start >= horizon { first -= 1 }

    let short = counted(from: first)
    columns.count = short.host.count
    columns.srvCount = short.service.count
    columns.serrorRate = short.host.rate(short.host.synErrors)
    columns.srvSerrorRate = short.service.rate(short.service.synErrors)
    columns.rerrorRate = short.host.rate(short.host.rejectErrors)
    columns.srvRerrorRate = short.service.rate(short.service.rejectErrors)
    columns.sameSrvRate = short.host.rate(short.both)
    columns.diffSrvRate = short.host.distinctRate
    columns.srvDiffHostRate = short.service.distinctRate

    let long = counted(from: max(0, recent.count - ConnectionWindows.longCount))
    columns.dstHostCount = long.host.count
    columns.dstHostSrvCount = long.service.count
    columns.dstHostSameSrvRate = long.host.rate(long.both)
    columns.dstHostDiffSrvRate = long.host.distinctRate
    columns.dstHostSameSrcPortRate = long.host.rate(long.samePort)
    columns.dstHostSrvDiffHostRate = long.service.distinctRate
    columns.dstHostSerrorRate = long.host.rate(long.host.synErrors)
    columns.dstHostSrvSerrorRate = long.service.rate(long.service.synErrors)
    columns.dstHostRerrorRate = long.host.rate(long.host.rejectErrors)
    columns.dstHostSrvRerrorRate = long.service.rate(long.service.rejectErrors)
    return columns
  }

  /// Counts the connections from a position on that share the newest one's host or service.
  private mutating func counted(
    from first: Int
  ) -> (host: Group, service: Group, both: Int, samePort: Int) {
    var host = Group()
    var service = Group()
    var both = 0
    var samePort = 0
    mark += 1
    let newest = recent[recent.count - 1]
    for position in first..<recent.count {
      let entry = recent[position]
      if entry.host == newest.host {
        host.add(entry)
        if entry.service == newest.service { both += 1 }
        if entry.sourcePort == newest.sourcePort { samePort += 1 }
        if serviceMark[Int(entry.service)] != mark {
          serviceMark[Int(entry.service)] = mark
          host.distinct += 1
        }
      }
      if entry.service == newest.service {
        service.add(entry)
        if hostMark[Int(entry.host)] != mark {
          hostMark[Int(entry.host)] = mark
          service.distinct += 1
        }
      }
    }
    return (host, service, both, samePort)
  }

  /// Numbers the host and the service, so that marking one is an array access.
  private mutating func entry(_ connection: Connection) -> Entry {
    func number(_ key: UInt32, _ numbers: inout [UInt32: Int32], _ marks: inout [Int]) -> Int32 {
      if let number = numbers[key] { return number }
      numbers[key] = Int32(marks.count)
      marks.append(0)
      return Int32(marks.count - 1)
    }
    let transport: UInt32 =
      switch connection.transport {
      case .tcp: 0
      case .udp: 1
      case .icmp: 2
      }
    return Entry(
      start: connection.start, host: number(connection.destination, &hosts, &hostMark),
      service: number(transport << 16 | UInt32(connection.port), &services, &serviceMark),
      sourcePort: connection.sourcePort, isSynError: connection.flag.isSynError,
      isRejectError: connection.flag.isRejectError)
  }
}
