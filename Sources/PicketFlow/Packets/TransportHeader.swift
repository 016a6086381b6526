import CPicketFlow

extension picket_flow_event {
  /// Reads the transport header of a packet into an event whose originator is the sender.
  ///
  /// - Returns: What is wrong, or nil.
  mutating func readTransport(_ packet: Packet, _ network: NetworkHeader) -> PacketFate? {
    let at = network.transport
    let size = network.end &- at
    switch network.protocol {
    case IPProtocol.tcp: return readTCP(packet, at, size)
    case IPProtocol.udp: return readUDP(packet, at, size)
    case IPProtocol.icmp, IPProtocol.icmp6: return readICMP(packet, at, size)
    default: return .otherProtocol
    }
  }

  /// RFC 9293, section 3.1.
  ///
  /// Options are not looked at, and need not have been captured.
  private mutating func readTCP(_ packet: Packet, _ at: Int, _ size: Int) -> PacketFate? {
    guard size >= 20 else { return .malformed }
    if let lacking = packet.lacks(at &+ 14) { return lacking }
    let header = Int(truncatingIfNeeded: packet.bytes.byte(at &+ 12) &>> 4) &* 4
    guard header >= 20, header <= size else { return .malformed }
    readPorts(packet, at)
    tcp_flags.0 = packet.bytes.byte(at &+ 13)
    payload.0 = (size &- header).wide
    return nil
  }

  /// RFC 768.
  private mutating func readUDP(_ packet: Packet, _ at: Int, _ size: Int) -> PacketFate? {
    guard size >= 8 else { return .malformed }
    if let lacking = packet.lacks(at &+ 4) { return lacking }
    readPorts(packet, at)
    payload.0 = (size &- 8).wide
    return nil
  }

  /// RFC 792, RFC 4443.
  private mutating func readICMP(_ packet: Packet, _ at: Int, _ size: Int) -> PacketFate? {
    guard size >= 8 else { return .malformed }
    if let lacking = packet.lacks(at &+ 8) { return lacking }
    icmp_type = packet.bytes.byte(at)
    icmp_code = packet.bytes.byte(at &+ 1)
    let isEcho = icmp_type == echoRequest(`protocol`) || icmp_type == echoReply(`protocol`)
    source_port = isEcho ? UInt16(truncatingIfNeeded: packet.bytes.big16(at &+ 4)) : 0
    payload.0 = (size &- 8).wide
    return nil
  }

  private mutating func readPorts(_ packet: Packet, _ at: Int) {
    source_port = UInt16(truncatingIfNeeded: packet.bytes.big16(at))
    destination_port = UInt16(truncatingIfNeeded: packet.bytes.big16(at &+ 2))
  }
}
