import Foundation
import PicketData
import Testing

@Suite struct ReplayErrorTests {
  @Test(arguments: [
    (0, "other bytes", "the mark 'PFL1' of a record"),
    (40, "a checksum that does not fit", "a record as it was written"),
  ])
  func `a damaged record is named with its byte and number, or passed over`(
    offset: Int, found: String, expected: String
  ) throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(20, seed: 1)
    log.records[7][offset] ^= 1
    try log.write()
    let error = try #require(log.failure())
    #expect(error.file == log.path)
    #expect(error.found == "\(found) at byte 896, record 8")
    #expect(error.expected == expected)
    let records = try log.read(badRows: .skip)
    #expect(records.summary.damaged.count == 1)
    #expect(records.summary.damaged.first == [error])
    // Without its end, connection 4 has no record.
    #expect(records.tables[0].rowCount == 19)
  }

  @Test(arguments: [1, 64, 127])
  func `a torn last record is passed over`(bytes: Int) throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(20, seed: 1)
    try log.write(torn: bytes)
    let summary = try log.read().summary
    #expect(summary.tornBytes == bytes && summary.connections == 20)
  }

  @Test func `a file without a record is no log`() throws {
    let log = try ReplayFixture()
    defer { log.remove() }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: log.path))
    let error = try #require(log.failure())
    #expect(error.found == "3 bytes" && error.expected == "records of 128 bytes")
  }

  @Test func `a log of nothing but unfit connections says which`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.add(ReplayFixture.event(id: 1, client: 1, server: 1, port: 80)) { $0.notes = 2 }
    try log.write()
    let error = try #require(log.failure())
    #expect(error.found == "no record that could be scored (1 accounting off)")
  }

  @Test func `without a specification beside it a log means nothing`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(5, seed: 1)
    try log.write()
    try FileManager.default.removeItem(atPath: log.path + ".specification")
    let error = log.failure()
    #expect(error?.file == log.path + ".specification")
    #expect(error?.expected == "the text that picketd writes beside its log")
  }

  @Test(arguments: [
    ("window_ns 2000000000", "window_ns two", 17, "'two'", "a whole number in its range"),
    ("bytes ip", "bytes many", 16, "'many'", "'payload' or 'ip'"),
    ("columns duration", "columns durations", 2, nil, nil),
    ("flag: of the states of Bro", "flag: of other states", 15, nil, nil),
  ])
  func `a specification that this trainer would not write is named by its line`(
    old: String, new: String, line: Int, found: String?, expected: String?
  ) throws {
    let text = ReplayFixture.specification.replacingOccurrences(of: old, with: new)
    do throws(DataError) {
      _ = try FlowSpecification(text: text, file: "s")
      Issue.record("it was read")
    } catch {
      #expect(error.line == line)
      if let found { #expect(error.found == found) }
      if let expected { #expect(error.expected == expected) }
    }
  }

  @Test func `a number out of its range is refused`() throws {
    let text = ReplayFixture.specification.replacingOccurrences(
      of: "window_connections 511", with: "window_connections 512")
    #expect(throws: DataError.self) { try FlowSpecification(text: text, file: "s") }
  }

  @Test func `other windows are read as they are`() throws {
    let text = ReplayFixture.specification.replacingOccurrences(
      of: "window_connections 511", with: "window_connections 100")
    #expect(try FlowSpecification(text: text, file: "s").text == text)
  }
}
