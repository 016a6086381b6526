import CPicketFlow
import Foundation
import PicketData
import PicketFlow
import PicketNumbers

/// A log in a folder of its own, made of invented connections.
struct ReplayFixture {
  let path: String
  private let folder: String
  /// The log's records, in order.
  var records: [[UInt8]] = []
  private var next: UInt64 = 0

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/replay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = folder + "/site.log"
    try Self.specification.write(toFile: path + ".specification", atomically: true, encoding: .utf8)
  }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// What a flow with the defaults writes beside its log.
  static var specification: String {
    var configuration = picket_flow_configuration()
    picket_flow_defaults(&configuration)
    configuration.byte_count = UInt32(PICKET_FLOW_IP)
    var text = [CChar](repeating: 0, count: Int(PICKET_FLOW_MAX_SPECIFICATION))
    picket_flow_specification(&configuration, &text, text.count, nil)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static let begin: UInt64 = 1_700_000_000_000_000_000

  /// A connection of a client, the last byte of its address, to a port of a server.
  static func event(id: UInt64, client: UInt8, server: UInt8, port: UInt16) -> picket_flow_event {
    var event = picket_flow_event()
    event.id = id
    event.start_ns = begin + id * 100_000_000
    event.end_ns = event.start_ns
    event.kind = UInt8(PICKET_FLOW_BEGIN)
    event.protocol = 6
    event.flag = UInt8(PICKET_FLOW_S0)
    event.source = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, client)
    event.destination = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 1, server)
    event.source_port = 40_000 + UInt16(id)
    event.destination_port = port
    event.notes = UInt8(PICKET_FLOW_NO_PAYLOAD)
    return event
  }

  /// Appends the beginning and the end of a connection.
  mutating func add(
    _ event: picket_flow_event, bytes: UInt64 = 500,
    _ change: (inout picket_flow_event) -> Void = { _ in }
  ) {
    var event = event
    append(event)
    event.kind = UInt8(PICKET_FLOW_END)
    event.flag = UInt8(PICKET_FLOW_SF)
    event.reason = UInt8(PICKET_FLOW_TOLD)
    event.end_ns += 50_000_000
    event.bytes = (bytes, 2 * bytes)
    change(&event)
    append(event)
  }

  /// Appends some connections of a few clients and servers, numbered from 1 as a run does.
  mutating func addRun(_ count: UInt64, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for id in 1...count {
      let draw = generator.next()
      add(
        Self.event(
          id: id, client: UInt8(draw % 7), server: UInt8(draw >> 8 & 3),
          port: [80, 443, 22][Int((draw >> 16) % 3)]), bytes: draw >> 20 & 0xFFFF)
    }
  }

  private mutating func append(_ event: picket_flow_event) {
    var event = event
    var bytes = [UInt8](repeating: 0, count: Int(PICKET_FLOW_LOG_BYTES))
    picket_flow_log(&event, &bytes)
    records.append(bytes)
  }

  /// Writes the log, behind it some bytes of a torn record.
  func write(torn: Int = 0) throws {
    let all = records.flatMap { $0 } + (records.last ?? []).prefix(torn)
    try Data(all).write(to: URL(fileURLWithPath: path))
  }

  /// Writes the log as rotation does: the first records in the file of the highest number.
  func write(rotatedBehind places: [Int]) throws {
    var first = 0
    for (index, end) in (places + [records.count]).enumerated() {
      let number = places.count - index
      let bytes = records[first..<end].flatMap { $0 }
      let name = number > 0 ? "\(path).\(number)" : path
      try Data(bytes).write(to: URL(fileURLWithPath: name))
      first = end
    }
  }

  /// Reads the log.
  func read(
    _ marks: String = "", badRows: BadRows = .fail
  ) throws(DataError) -> ReplayRecords {
    try ReplayRecords(
      path: path, marks: ConnectionMarks(text: marks, file: "site.labels"), badRows: badRows)
  }

  /// The error that reading gives, nil if it succeeds.
  func failure() -> DataError? {
    do throws(DataError) {
      _ = try read()
      return nil
    } catch {
      return error
    }
  }

  /// All numbers of a table, row after row, as their bits.
  static func bits(_ records: ReplayRecords) throws -> [UInt32] {
    let set = RecordSet(records.tables)
    let rows = Array(0..<set.rowCount)
    return try set.records(rows, set.fit(rows: rows)).map(\.bitPattern)
  }
}
