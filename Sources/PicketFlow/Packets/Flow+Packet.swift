import CPicketFlow

extension Flow {
  /// Takes a packet: leaves an observation if it belongs to a connection, and counts it if not.
  mutating func take(_ packet: Packet, link: UInt32) {
    counters.packets &+= 1
    var event = picket_flow_event()
    inbox.kind = .observation
    switch read(packet, link, &event) {
    case .counted:
      observation.pointee = Observation(.packet, event)
      inbox.hasObservation = true
    case .notIP: counters.not_ip &+= 1
    case .otherProtocol: counters.other_protocol &+= 1
    case .truncated: counters.truncated &+= 1
    case .malformed: counters.malformed &+= 1
    case .fragmentUnmatched: counters.fragments_unmatched &+= 1
    case .tooDeep: counters.too_deep &+= 1
    }
  }

  /// Reads a packet into an event whose originator is the sender.
  private mutating func read(
    _ packet: Packet, _ link: UInt32, _ event: inout picket_flow_event
  ) -> PacketFate {
    switch LinkHeader(packet, link: link) {
    case .none(let reason): return reason
    case .ip(let start):
      var network = NetworkHeader()
      if let wrong = network.read(packet, at: start) { return wrong }
      event.source = network.source
      event.destination = network.destination
      event.protocol = network.protocol
      if network.fragment == .later {
        guard recall(&event, id: network.fragmentID, at: now) else { return .fragmentUnmatched }
        event.payload.0 = (network.end &- network.transport).wide
      } else if let wrong = event.readTransport(packet, network) {
        return wrong
      } else if network.fragment == .first {
        remember(event, id: network.fragmentID, at: now)
      }
      event.flag = initialFlag(event.protocol)
      event.start_ns = now
      event.end_ns = now
      event.bytes.0 = network.size.wide
      event.packets.0 = 1
      return .counted
    }
  }
}
