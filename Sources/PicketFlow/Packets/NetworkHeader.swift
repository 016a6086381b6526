import CPicketFlow

/// What the IP headers of a packet say.
struct NetworkHeader {
  var source: AddressBytes = noAddress
  var destination: AddressBytes = noAddress
  /// From the first byte of the IP header on.
  var size = 0
  /// Where the transport header is, and where the datagram ends on the wire.
  var transport = 0
  var end = 0
  var `protocol`: UInt8 = 0
  var fragment = FragmentPlace.whole
  var fragmentID: UInt32 = 0

  /// Which part of a fragmented datagram a packet is.
  enum FragmentPlace: UInt8 {
    case whole
    case first
    case later
  }

  /// The most IPv6 extension headers that are followed.
  static var mostExtensions: Int { 8 }

  /// Reads the headers at an offset.
  ///
  /// - Returns: What is wrong, or nil. Not an optional header: the compiler marks the missing one in
  ///   a byte of it by writing a word, which a machine of the other byte order has elsewhere.
  mutating func read(_ packet: Packet, at start: Int) -> PacketFate? {
    if let lacking = packet.lacks(start &+ 1) { return lacking }
    switch packet.bytes.byte(start) &>> 4 {
    case 4: return readIPv4(packet, at: start)
    case 6: return readIPv6(packet, at: start)
    default: return .malformed
    }
  }

  /// RFC 791, section 3.1.
  private mutating func readIPv4(_ packet: Packet, at start: Int) -> PacketFate? {
    let bytes = packet.bytes
    let header = Int(truncatingIfNeeded: bytes.byte(start) & 15) &* 4
    if let lacking = packet.lacks(start &+ (header < 20 ? 20 : header)) { return lacking }
    // A network card that cuts packets itself is given some whose length is still 0.
    let told = bytes.big16(start &+ 2).int
    size = told == 0 ? packet.length &- start : told
    transport = start &+ header
    end = start &+ size
    guard header >= 20, size >= header, end <= packet.length else { return .malformed }
    source = addressBytes(bytes + (start &+ 12), isIPv4: true)
    destination = addressBytes(bytes + (start &+ 16), isIPv4: true)
    `protocol` = bytes.byte(start &+ 9)
    let place = bytes.big16(start &+ 6)
    fragment = FragmentPlace(isLater: place & 0x1FFF != 0, hasMore: place & 0x2000 != 0)
    // Two protocols may give datagrams the same number.
    fragmentID = bytes.big16(start &+ 4) | UInt32(`protocol`) &<< 16
    return nil
  }

  /// RFC 8200, sections 3 and 4.
  private mutating func readIPv6(_ packet: Packet, at start: Int) -> PacketFate? {
    let bytes = packet.bytes
    if let lacking = packet.lacks(start &+ 40) { return lacking }
    let told = bytes.big16(start &+ 4).int
    size = told == 0 ? packet.length &- start : 40 &+ told
    transport = start &+ 40
    end = start &+ size
    guard end <= packet.length else { return .malformed }
    source = addressBytes(bytes + (start &+ 8), isIPv4: false)
    destination = addressBytes(bytes + (start &+ 24), isIPv4: false)
    `protocol` = bytes.byte(start &+ 6)
    return skipExtensions(packet)
  }

  /// Moves behind the extension headers.
  private mutating func skipExtensions(_ packet: Packet) -> PacketFate? {
    var followed = 0
    while fragment != .later, let unit = ExtensionHeader(`protocol`) {
      guard followed < NetworkHeader.mostExtensions else { return .tooDeep }
      followed &+= 1
      if let lacking = packet.lacks(transport &+ 8) { return lacking }
      let length = packet.bytes.byte(transport &+ 1)
      if unit == .fragment {
        let place = packet.bytes.big16(transport &+ 2)
        fragment = FragmentPlace(isLater: place &>> 3 != 0, hasMore: place & 1 != 0)
        fragmentID = packet.bytes.big32(transport &+ 4)
      }
      `protocol` = packet.bytes.byte(transport)
      transport &+= unit.size(length)
      if transport > end { return .malformed }
    }
    return nil
  }
}

extension NetworkHeader.FragmentPlace {
  init(isLater: Bool, hasMore: Bool) {
    self = isLater ? .later : hasMore ? .first : .whole
  }
}

/// An IPv6 extension header that another header follows.
enum ExtensionHeader {
  case options
  case fragment
  case authentication

  /// - Parameter number: The number in the field "next header" before it.
  init?(_ number: UInt8) {
    switch number {
    // Hop-by-hop, routing, destination, mobility, host identity, shim6.
    case 0, 43, 60, 135, 139, 140: self = .options
    case 44: self = .fragment
    case 51: self = .authentication
    default: return nil
    }
  }

  /// Bytes of the header, of what its length field says.
  func size(_ length: UInt8) -> Int {
    let units = Int(truncatingIfNeeded: length)
    switch self {
    case .options: return (units &+ 1) &* 8
    case .fragment: return 8
    case .authentication: return (units &+ 2) &* 4
    }
  }
}
