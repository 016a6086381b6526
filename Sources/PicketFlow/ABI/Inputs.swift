import CPicketFlow

/// A packet.
@c @implementation
public func picket_flow_packet(
  _ flow: OpaquePointer!, _ time_ns: UInt64, _ link: UInt32, _ bytes: UnsafeRawPointer?,
  _ captured: Int, _ length: Int
) -> Int32 {
  guard LinkHeader.isKnown(link), captured >= 0, length >= 0, bytes != nil || captured == 0 else {
    return status(PICKET_FLOW_E_ARGUMENT)
  }
  return input(flow, time_ns) { flow in
    // Without a byte there is nothing to read: any pointer will do.
    let start = bytes ?? UnsafeRawPointer(flow)
    let packet = Packet(
      bytes: start, captured: captured, length: length > captured ? length : captured)
    flow.pointee.take(packet, link: link)
  }
}

/// Messages of connection tracking.
@c @implementation
public func picket_flow_conntrack(
  _ flow: OpaquePointer!, _ time_ns: UInt64, _ bytes: UnsafeRawPointer!, _ size: Int
) -> Int32 {
  guard let bytes, size >= 0 else { return status(PICKET_FLOW_E_ARGUMENT) }
  return input(flow, time_ns) { flow in
    flow.pointee.inbox.lend(.conntrack, bytes, size)
  }
}

/// A datagram of NetFlow 5, 9 or IPFIX.
@c @implementation
public func picket_flow_netflow(
  _ flow: OpaquePointer!, _ time_ns: UInt64, _ exporter: UInt64, _ bytes: UnsafeRawPointer!,
  _ size: Int
) -> Int32 {
  guard let bytes, size >= 0 else { return status(PICKET_FLOW_E_ARGUMENT) }
  return input(flow, time_ns) { flow in
    flow.pointee.inbox.lend(.netflow, bytes, size)
    flow.pointee.inbox.exporter = exporter
  }
}

/// An event of the caller's own.
@c @implementation
public func picket_flow_add(
  _ flow: OpaquePointer!, _ event: UnsafePointer<picket_flow_event>!
) -> Int32 {
  guard let event else { return status(PICKET_FLOW_E_ARGUMENT) }
  return addEvent(flow, event.pointee)
}

/// An event from the log.
@c @implementation
public func picket_flow_replay(_ flow: OpaquePointer!, _ bytes: UnsafeRawPointer!) -> Int32 {
  guard let bytes else { return status(PICKET_FLOW_E_ARGUMENT) }
  let refusal = readiness(flow)
  guard refusal == PICKET_FLOW_OK else { return status(refusal) }
  guard LogRecord.isMarked(bytes) else { return status(PICKET_FLOW_E_MALFORMED) }
  guard LogRecord.isWhole(bytes) else { return status(PICKET_FLOW_E_CHECKSUM) }
  return addEvent(flow, LogRecord.read(bytes))
}

/// Time has passed.
@c @implementation
public func picket_flow_advance(_ flow: OpaquePointer!, _ time_ns: UInt64) -> Int32 {
  input(flow, time_ns) { flow in flow.pointee.inbox.kind = .time }
}

/// No more input will come.
@c @implementation
public func picket_flow_finish(_ flow: OpaquePointer!) -> Int32 {
  input(flow, 0) { flow in flow.pointee.inbox.kind = .finish }
}

private func addEvent(_ flow: OpaquePointer?, _ event: picket_flow_event) -> Int32 {
  let refusal = readiness(flow)
  guard refusal == PICKET_FLOW_OK else { return status(refusal) }
  guard event.isPossible else { return status(PICKET_FLOW_E_EVENT) }
  let isEnd = event.kind == UInt8(truncatingIfNeeded: PICKET_FLOW_END)
  return input(flow, isEnd ? event.end_ns : event.start_ns) { flow in
    flow.pointee.observation.pointee = Observation(isEnd ? .end : .begin, event)
    flow.pointee.observation.pointee.event.reserved = (0, 0, 0)
    flow.pointee.inbox.kind = .observation
    flow.pointee.inbox.hasObservation = true
  }
}

/// Whether a flow can take an input: a status.
private func readiness(_ flow: OpaquePointer?) -> Int {
  guard let flow else { return PICKET_FLOW_E_ARGUMENT }
  guard let view = flowView(flow) else { return PICKET_FLOW_E_FLOW }
  return view.pointee.inbox.kind == .nothing ? PICKET_FLOW_OK : PICKET_FLOW_E_PENDING
}

/// Hands an input to a flow that can take one, after its clock has been set.
@inline(__always)
private func input(
  _ flow: OpaquePointer?, _ time: UInt64, _ hand: (UnsafeMutablePointer<Flow>) -> Void
) -> Int32 {
  let refusal = readiness(flow)
  guard refusal == PICKET_FLOW_OK, let flow, let view = flowView(flow) else {
    return status(refusal)
  }
  if time > view.pointee.now { view.pointee.now = time }
  hand(view)
  return status(PICKET_FLOW_OK)
}

extension Inbox {
  /// Keeps a datagram until it has been worked on.
  fileprivate mutating func lend(_ kind: Kind, _ bytes: UnsafeRawPointer, _ size: Int) {
    self.kind = kind
    self.bytes = bytes
    self.size = size
    cursor = DatagramCursor(version: .unread, offset: 0, end: size)
  }
}
