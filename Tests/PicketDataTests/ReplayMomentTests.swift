import CPicketFlow
import PicketData
import Testing

@Suite struct ReplayMomentTests {
  /// A log, a mark on one of its connections, and that connection.
  private static func marked(_ seed: UInt64) throws -> (ReplayFixture, String, picket_flow_event) {
    var log = try ReplayFixture()
    log.addRun(300, seed: seed)
    let again = ReplayFixture.event(id: 301, client: 5, server: 1, port: 80)
    log.add(again, bytes: 12_345)
    let time = RecordTime(nanoseconds: again.start_ns).text
    return (log, "false \(time) \(time) tcp 10.0.0.5 \(again.source_port) 10.0.1.1 80 SF\n", again)
  }

  @Test(arguments: [0, 1, 150, 299] as [UInt64])
  func `a false alert at another moment has the record that it would have had there`(place: UInt64)
    throws
  {
    let (log, mark, alert) = try Self.marked(place + 1)
    defer { log.remove() }
    try log.write()
    let moments = try log.read(mark).falseAlerts(atMoments: 1, phase: (Double(place) + 0.5) / 301)
    #expect(moments.rowCount == 1)

    // The same log, with the connection really begun behind the beginning of that one.
    var other = try ReplayFixture()
    defer { other.remove() }
    var there = alert
    there.id = 1_000
    there.start_ns = ReplayFixture.begin + (place + 1) * 100_000_000
    there.end_ns = there.start_ns
    other.add(there, bytes: 12_345)
    let next = 2 * Int(place) + 1
    other.records = log.records[..<next] + other.records + log.records[next...]
    try other.write()
    let expected = RecordSet(try other.read().tables)
    let encoding = expected.fit(rows: Array(0..<expected.rowCount))
    let own = try RecordSet([moments]).records([0], encoding).map(\.bitPattern)
    #expect(own == (try expected.records([Int(place)], encoding).map(\.bitPattern)))
  }

  @Test func `moments lie at even distances, and the marked connections take turns`() throws {
    var (log, mark, _) = try Self.marked(7)
    defer { log.remove() }
    let second = ReplayFixture.event(id: 302, client: 6, server: 2, port: 22)
    log.add(second, bytes: 777)
    try log.write()
    let time = RecordTime(nanoseconds: second.start_ns).text
    mark += "false \(time) \(time) * * \(second.source_port) * 22 *\n"
    let records = try log.read(mark)
    let moments = records.falseAlerts(atMoments: 10, phase: 0.25)
    guard case .numeric(let bytes) = moments.fields[4] else {
      Issue.record("src_bytes is not numeric")
      return
    }
    #expect(bytes.values == (0..<10).map { $0 % 2 == 0 ? 12_345 : 777 })
    // Other moments, other windows; and the log is as it was.
    let others = records.falseAlerts(atMoments: 10, phase: 0.75)
    let set = RecordSet([moments, others])
    let rows = try set.records(Array(0..<20), set.fit(rows: Array(0..<20)))
    #expect(rows.prefix(260) != rows.suffix(260))
    #expect(try ReplayFixture.bits(records) == ReplayFixture.bits(log.read(mark)))
    #expect(records.tables[0].rowCount == 302)
  }

  @Test func `a log without marks has no such moments`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(50, seed: 8)
    try log.write()
    #expect(try log.read().falseAlerts(atMoments: 100, phase: 0.5).rowCount == 0)
  }
}
