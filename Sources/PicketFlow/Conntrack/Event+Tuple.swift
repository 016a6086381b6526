import CPicketFlow

extension picket_flow_event {
  /// Reads a tuple: addresses in the attribute 1, protocol and ports in the attribute 2.
  ///
  /// - Returns: Whether both addresses and the protocol were there.
  mutating func readTuple(_ all: NetlinkAttributes) -> Bool {
    var tuple = all
    var found = 0
    while let part = tuple.next() {
      if part.type == 1 { found |= readAddresses(part.inner) }
      if part.type == 2 { found |= readProtocol(part.inner) }
    }
    return found == 7
  }

  private mutating func readAddresses(_ all: NetlinkAttributes) -> Int {
    var attributes = all
    var found = 0
    while let attribute = attributes.next() {
      // Source and destination of IPv4 are 1 and 2, of IPv6 3 and 4.
      guard attribute.type >= 1, attribute.type <= 4,
        let address = attribute.address(isIPv4: attribute.type <= 2)
      else { continue }
      if attribute.type & 1 == 1 {
        source = address
        found |= 1
      } else {
        destination = address
        found |= 2
      }
    }
    return found
  }

  private mutating func readProtocol(_ all: NetlinkAttributes) -> Int {
    var attributes = all
    var found = 0
    var id: UInt16 = 0
    while let attribute = attributes.next() {
      let number = UInt16(truncatingIfNeeded: picket_flow_low(attribute.number))
      switch attribute.type {
      case 1:
        `protocol` = attribute.byte
        found = 4
      case 2: source_port = number
      case 3: destination_port = number
      // Identifier, type and code of ICMP, and of ICMPv6.
      case 4, 7: id = number
      case 5, 8: icmp_type = attribute.byte
      case 6, 9: icmp_code = attribute.byte
      default: break
      }
    }
    if isICMP(`protocol`) && icmp_type == echoRequest(`protocol`) { source_port = id }
    return found
  }
}
