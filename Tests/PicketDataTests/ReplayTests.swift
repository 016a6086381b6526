import CPicketFlow
import Foundation
import PicketData
import PicketFlow
import Testing

@Suite struct ReplayTests {
  @Test func `the records are those that a flow of the same settings gives, to the bit`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(700, seed: 1)
    try log.write()
    let records = try log.read()

    var configuration = picket_flow_configuration()
    picket_flow_defaults(&configuration)
    configuration.byte_count = UInt32(PICKET_FLOW_IP)
    let size = picket_flow_size(&configuration)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    defer { memory.deallocate() }
    let flow = OpaquePointer(memory)
    #expect(picket_flow_init(flow, size, &configuration) == 0)
    var expected: [UInt32] = []
    var event = picket_flow_event()
    var columns = [Float](repeating: 0, count: 26)
    for bytes in log.records {
      #expect(picket_flow_replay(flow, bytes) == 0)
      while picket_flow_next(flow, &event, &columns) == 1 {
        guard event.kind == UInt8(PICKET_FLOW_END) else { continue }
        expected += columns.enumerated().map { column, value in
          // The trainer numbers categories by name.
          guard picket_flow_category_count(column) > 0 else { return value.bitPattern }
          let names = (0..<picket_flow_category_count(column)).map {
            String(cString: picket_flow_category_name(column, $0))
          }
          let place = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .firstIndex(of: names[Int(value)])
          return Float(place ?? -1).bitPattern
        }
      }
    }
    #expect(try ReplayFixture.bits(records) == expected)
    #expect(records.summary.connections == 700 && records.summary.runs == 1)
  }

  @Test func `rotated files continue one another`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(400, seed: 2)
    try log.write()
    let whole = try ReplayFixture.bits(log.read())
    try log.write(rotatedBehind: [101, 350])
    let records = try log.read()
    #expect(try ReplayFixture.bits(records) == whole)
    #expect(records.tables.map(\.rowCount) == [50, 125, 225])
    #expect(records.tables.map(\.source.file) == [log.path + ".2", log.path + ".1", log.path])
  }

  @Test func `each run of the daemon begins with empty windows`() throws {
    var once = try ReplayFixture()
    defer { once.remove() }
    once.addRun(60, seed: 3)
    try once.write()
    var twice = once
    twice.addRun(60, seed: 3)
    try twice.write()
    let bits = try ReplayFixture.bits(twice.read())
    #expect(bits.count == 2 * 60 * 26)
    #expect(bits.prefix(60 * 26) == bits.suffix(60 * 26))
    #expect(try twice.read().summary.runs == 2)
  }

  @Test func `what the flow can name is in the encoding, seen or not, and its text is hashed`()
    throws
  {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(50, seed: 4)
    try log.write()
    let encoding = try RecordSet(log.read().tables).fit(rows: [0, 1, 2])
    let categories = encoding.fields.compactMap { field -> Int? in
      guard case .symbolic(let symbolic) = field else { return nil }
      return symbolic.categories.count
    }
    #expect(categories == [3, 70, 13])
    var configuration = picket_flow_configuration()
    picket_flow_defaults(&configuration)
    configuration.byte_count = UInt32(PICKET_FLOW_IP)
    var hash: UInt64 = 0
    #expect(picket_flow_specification(&configuration, nil, 0, &hash) == 0)
    #expect(encoding.featureHash == hash)
  }

  @Test func `connections that get no score are left out and counted by reason`() throws {
    var log = try ReplayFixture()
    defer { log.remove() }
    log.addRun(10, seed: 5)
    let notes = [PICKET_FLOW_OFFLOADED, PICKET_FLOW_NO_BYTES, PICKET_FLOW_NO_BYTES]
    for (id, note) in notes.enumerated() {
      log.add(ReplayFixture.event(id: UInt64(11 + id), client: 1, server: 1, port: 80)) {
        $0.notes |= UInt8(note)
      }
    }
    log.add(ReplayFixture.event(id: 14, client: 1, server: 1, port: 53)) {
      ($0.reason, $0.flag) = (UInt8(PICKET_FLOW_FINISHED), UInt8(PICKET_FLOW_S1))
    }
    try log.write()
    let summary = try log.read().summary
    #expect(summary.unfit == ["offloaded": 1, "accounting off": 2, "cut off": 1])
    #expect(summary.connections == 14)
    #expect(summary.unfitText == "2 accounting off, 1 cut off, 1 offloaded")
  }
}
