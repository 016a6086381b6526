import CPicketFlow

/// Where the IP header of a packet is.
enum LinkHeader {
  case ip(Int)
  case none(PacketFate)

  /// The largest number of VLAN tags that are followed.
  static var mostTags: Int { 4 }

  init(_ packet: Packet, link: UInt32) {
    switch Int(truncatingIfNeeded: link) {
    case PICKET_FLOW_ETHERNET: self = LinkHeader.behindType(packet, at: 12)
    case PICKET_FLOW_COOKED: self = LinkHeader.behindType(packet, at: 14)
    case PICKET_FLOW_COOKED_2: self = LinkHeader.cooked2(packet)
    case PICKET_FLOW_LOOPBACK: self = LinkHeader.loopback(packet)
    default: self = .ip(0)
    }
  }

  static func isKnown(_ link: UInt32) -> Bool {
    switch Int(truncatingIfNeeded: link) {
    case PICKET_FLOW_LOOPBACK, PICKET_FLOW_ETHERNET, PICKET_FLOW_RAW, PICKET_FLOW_COOKED,
      PICKET_FLOW_IPV4, PICKET_FLOW_IPV6, PICKET_FLOW_COOKED_2:
      true
    default: false
    }
  }

  /// Follows an Ethernet type, and the VLAN tags and the PPPoE header that may come before IP's.
  private static func behindType(_ packet: Packet, at start: Int) -> LinkHeader {
    var at = start
    var tags = 0
    while true {
      if let fate = packet.lacks(at &+ 2) { return .none(fate) }
      switch packet.bytes.big16(at) {
      case EtherType.ipv4, EtherType.ipv6: return .ip(at &+ 2)
      case EtherType.vlan, EtherType.provider, EtherType.oldProvider:
        tags &+= 1
        guard tags <= mostTags else { return .none(.tooDeep) }
        at &+= 4
      case EtherType.pppoe:
        // Version, code, session and length, and then the protocol of PPP.
        if let fate = packet.lacks(at &+ 10) { return .none(fate) }
        let ppp = packet.bytes.big16(at &+ 8)
        return ppp == EtherType.pppIPv4 || ppp == EtherType.pppIPv6
          ? .ip(at &+ 10) : .none(.notIP)
      default: return .none(.notIP)
      }
    }
  }

  private static func cooked2(_ packet: Packet) -> LinkHeader {
    if let fate = packet.lacks(20) { return .none(fate) }
    let type = packet.bytes.big16(0)
    return type == EtherType.ipv4 || type == EtherType.ipv6 ? .ip(20) : .none(.notIP)
  }

  /// An address family in the byte order of the machine that captured.
  ///
  /// IPv4 is 2 everywhere, IPv6 is 10, 24, 28 or 30.
  private static func loopback(_ packet: Packet) -> LinkHeader {
    if let fate = packet.lacks(4) { return .none(fate) }
    let big = packet.bytes.big32(0)
    let family = big < 0x10000 ? big : big &>> 24
    switch family {
    case 2, 10, 24, 28, 30: return .ip(4)
    default: return .none(.notIP)
    }
  }
}

/// Numbers of what an Ethernet frame or a PPP session carries.
private enum EtherType {
  static var ipv4: UInt32 { 0x0800 }
  static var ipv6: UInt32 { 0x86DD }
  static var vlan: UInt32 { 0x8100 }
  static var provider: UInt32 { 0x88A8 }
  static var oldProvider: UInt32 { 0x9100 }
  static var pppoe: UInt32 { 0x8864 }
  static var pppIPv4: UInt32 { 0x0021 }
  static var pppIPv6: UInt32 { 0x0057 }
}
