import CPicketFlow

extension Connection {
  /// Counts a packet of this connection.
  ///
  /// - Parameters:
  ///   - packet: The packet, told as an event whose originator is its sender.
  ///   - now: Its time.
  mutating func add(_ packet: picket_flow_event, now: UInt64) {
    let wasClosed = packet.protocol == IPProtocol.tcp && isClosed(originator, responder)
    // A host that asks itself for an echo answers from the same address: the type tells it.
    let isOriginator =
      address(packet.source) == address(event.source)
      && (isICMP(packet.protocol)
        ? packet.icmp_type == event.icmp_type : packet.source_port == event.source_port)
    if isOriginator {
      event.bytes.0 &+= packet.bytes.0
      event.payload.0 &+= packet.payload.0
      event.packets.0 &+= 1
      event.tcp_flags.0 |= packet.tcp_flags.0
    } else {
      event.bytes.1 &+= packet.bytes.0
      event.payload.1 &+= packet.payload.0
      event.packets.1 &+= 1
      event.tcp_flags.1 |= packet.tcp_flags.0
    }
    // Late packets count, but the connection ended when it was closed.
    if !wasClosed { event.end_ns = now }
    guard packet.protocol == IPProtocol.tcp else { return }
    let flags = packet.tcp_flags.0
    let isEmpty = packet.payload.0 == 0
    if isOriginator {
      advance(&originator, &responder, flags: flags, isEmpty: isEmpty, isOriginator: true)
    } else {
      advance(&responder, &originator, flags: flags, isEmpty: isEmpty, isOriginator: false)
    }
    updateFlag()
  }

  /// Names the states of both sides.
  mutating func updateFlag() {
    let isEmpty = event.payload.0 | event.payload.1 == 0
    event.flag = UInt8(
      truncatingIfNeeded: PicketFlow.flag(originator, responder, isEmpty: isEmpty))
  }
}
