import CPicketFlow
import Foundation
import PicketData
import Testing

@Suite struct ConnectionMarkTests {
  /// The start of connection `id` of a fixture.
  private static func time(_ id: UInt64) -> String {
    RecordTime(nanoseconds: ReplayFixture.begin + id * 100_000_000).text
  }

  @Test func `marks decide what a connection is learned as, and the last that fits counts`() throws
  {
    var log = try ReplayFixture()
    defer { log.remove() }
    for id in 1...9 {
      log.add(ReplayFixture.event(id: UInt64(id), client: UInt8(id), server: 1, port: 80))
    }
    try log.write()
    let all = "\(Self.time(1)) \(Self.time(9))"
    let records = try log.read(
      """
      # connections 2 and 3, then 3 again, 5 by its port, 7 by everything
      true \(all) tcp 10.0.0.2 * * * *
      true \(all) tcp 10.0.0.3 * * * *

      false \(Self.time(3)) \(Self.time(3)) * * * * * *
      unsure \(all) * * 40005 * 80 *
      false \(Self.time(7)) \(Self.time(7)) tcp 10.0.0.7 40007 10.0.1.1 80 SF
      true \(all) udp * * * * *
      true \(all) * * * * 81 *
      true \(all) * * * * * REJ
      true \(all) * * * 10.0.1.2 * *

      """)
    let table = records.tables[0]
    #expect(
      (0..<8).map { table.label(ofRow: $0) } == [
        "normal", "anomaly", "normal", "normal", "normal", "normal", "normal", "normal",
      ])
    #expect(table.rowCount == 8 && records.summary.unsure == 1)
    #expect(records.falseAlerts == [2, 5])
    #expect(records.summary.idleMarks == [8, 9, 10, 11])
  }

  @Test func `a mark comes back from its line`() throws {
    let lines = [
      "false 2026-11-21T09:45:07.543432781Z 2026-11-21T09:45:07.543432781Z tcp 10.77.1.16 48669 "
        + "10.77.2.4 443 *",
      "true 1970-01-01T00:00:00.000000000Z 2100-02-28T23:59:59.999999999Z icmp 2001:db8::1 0 * * SF",
      "unsure 2024-02-29T00:00:00.000000001Z 2024-02-29T00:00:00.000000001Z * * * * * *",
    ]
    for line in lines {
      #expect(try ConnectionMark(line: line[...], number: 1, file: "f").line == line)
    }
  }

  @Test(arguments: [
    ("maybe T T * * * * * *", "verdict"), ("true 2026 T * * * * * *", "from"),
    ("true T 2026-13-01T00:00:00Z * * * * * *", "to"),
    ("true T 2023-02-29T00:00:00Z * * * * * *", "to"),
    ("true T 1999-01-01T00:00:00Z * * * * * *", "to"),
    ("true T T sctp * * * * *", "protocol"), ("true T T * 10.0.0.256 * * * *", "source"),
    ("true T T * * 65536 * * *", "source port"), ("true T T * * * host * *", "destination"),
    ("true T T * * * * -1 *", "destination port"), ("true T T * * * * * sf", "flag"),
  ])
  func `an error names the line and the word`(line: String, word: String) throws {
    let text =
      "# head\n" + line.replacingOccurrences(of: "T ", with: "2023-01-01T00:00:00Z ") + "\n"
    do throws(DataError) {
      _ = try ConnectionMarks(text: text, file: "f")
      Issue.record("it was read")
    } catch {
      #expect(error.line == 2 && error.column == word)
    }
  }

  @Test func `a line with a word too few is refused`() {
    #expect(throws: DataError.self) {
      try ConnectionMarks(text: "true 2023-01-01T00:00:00Z * * * * * *", file: "f")
    }
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2001-09-09T01:46:40.5Z", 1_000_000_000_500_000_000),
      ("2038-01-19T03:14:08.000000001Z", 2_147_483_648_000_000_001),
      ("2554-07-21T23:34:33.709551615Z", .max),
    ] as [(String, UInt64)])
  func `times are counted from 1970`(text: String, nanoseconds: UInt64) {
    #expect(RecordTime(text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    "2554-07-21T23:34:33.709551616Z", "2554-07-21T23:34:34Z", "2555-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
  ])
  func `a time beyond what nanoseconds can count is none`(text: String) {
    #expect(RecordTime(text) == nil)
  }

  @Test func `a log whose connections begin at the end of time is read`() throws {
    var log = try ReplayFixture()
    var event = ReplayFixture.event(id: 1, client: 1, server: 1, port: 80)
    event.start_ns = .max - 100_000_000
    event.end_ns = event.start_ns
    log.add(event)
    try log.write()
    let records = try log.read()
    #expect(records.tables[0].rowCount == 1 && records.earlyRows == [0])
  }

  @Test func `marks are appended behind what is whole`() throws {
    let log = try ReplayFixture()
    defer { log.remove() }
    let path = log.path + ".labels"
    let one = ConnectionMark(.isFalse, from: 5, through: 5)
    try ConnectionMarks.append([one], to: path)
    let before = try String(contentsOfFile: path, encoding: .utf8)
    #expect(before.hasPrefix("#"))
    try (before + "true 1970-01-01T00").write(toFile: path, atomically: true, encoding: .utf8)
    let two = ConnectionMark(.isTrue, from: 6, through: 7)
    try ConnectionMarks.append([two], to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == before + two.line + "\n")
    #expect(try ConnectionMarks(path: path).marks.map(\.mark) == [one, two])
  }
}
