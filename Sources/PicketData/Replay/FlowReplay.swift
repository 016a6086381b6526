import CPicketFlow
import PicketFlow

/// A flow that is fed from a log: the windows are those of the daemon, computed by its own code.
final class FlowReplay {
  static let recordBytes = Int(PICKET_FLOW_LOG_BYTES)

  private var configuration: picket_flow_configuration
  private let memory: UnsafeMutableRawPointer
  private let size: Int
  private var flow: OpaquePointer { OpaquePointer(memory) }

  /// Makes a flow of a specification that can hold some connections open at a time.
  ///
  /// How many it can hold changes no record: the daemon's log tells which connections it gave up.
  init(_ specification: FlowSpecification, connections: Int) {
    configuration = specification.configuration
    configuration.connections = UInt32(
      clamping: min(max(connections, 16), Int(PICKET_FLOW_MAX_CONNECTIONS)))
    size = picket_flow_size(&configuration)
    memory = .allocate(byteCount: size, alignment: 8)
    restart()
  }

  deinit { memory.deallocate() }

  /// Forgets all connections: the log of another run begins.
  func restart() {
    picket_flow_init(flow, size, &configuration)
  }

  /// Takes a record of the log.
  ///
  /// - Returns: PICKET_FLOW_OK, or what is wrong with it.
  func take(_ bytes: UnsafeRawPointer) -> Int32 {
    picket_flow_replay(flow, bytes)
  }

  /// Takes an event that is not of the log.
  func add(_ event: picket_flow_event) -> Bool {
    var event = event
    return picket_flow_add(flow, &event) == Int32(PICKET_FLOW_OK)
  }

  /// Whether a connection began when the windows of its run were not yet full.
  ///
  /// Nobody waits for them longer than ten minutes.
  func wasFilling(_ event: picket_flow_event, runBegan: UInt64) -> Bool {
    event.id <= UInt64(configuration.host_connections)
      && event.start_ns < runBegan + min(600_000_000_000, .max - runBegan)
  }

  /// Does something to the flow and undoes it.
  ///
  /// A flow must not be moved, but its bytes can be put back where they were.
  func withSavedState(_ body: () -> Void) {
    let saved = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    defer { saved.deallocate() }
    saved.copyMemory(from: memory, byteCount: size)
    body()
    memory.copyMemory(from: saved, byteCount: size)
  }

  /// Hands on the connections that ended since, each with its record.
  func drain(_ body: (picket_flow_event, UnsafeBufferPointer<Float>) -> Void) {
    var event = picket_flow_event()
    withUnsafeTemporaryAllocation(of: Float.self, capacity: FlowColumns.count) { record in
      record.initialize(repeating: 0)
      while picket_flow_next(flow, &event, record.baseAddress) == 1 {
        if event.kind == UInt8(PICKET_FLOW_END) { body(event, UnsafeBufferPointer(record)) }
      }
    }
  }
}
