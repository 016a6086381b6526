import CPicketFlow

/// What the packets of one connection have in common, whichever way they go.
struct Key {
  var first: Address
  var second: Address
  /// Ports of TCP and UDP in the order of the addresses; of ICMP the identifier of an echo.
  var ports: UInt32
  /// Protocol, and of ICMP type and code.
  var kind: UInt32

  /// The key of an event, or of a packet told as an event.
  ///
  /// The ends of TCP and UDP are put in order. An ICMP echo reply belongs to its request, so its ends
  /// change places; other ICMP messages have no answer, and each way is a connection of its own.
  init(_ event: picket_flow_event) {
    let source = address(event.source)
    let destination = address(event.destination)
    kind = UInt32(event.protocol)
    var isTurned: Bool
    if isICMP(event.protocol) {
      let reply = echoReply(event.protocol)
      let isEcho = event.icmp_type == echoRequest(event.protocol) || event.icmp_type == reply
      isTurned = event.icmp_type == reply
      ports = UInt32(event.source_port)
      kind |= isEcho ? 1 &<< 31 : UInt32(event.icmp_type) &<< 16 | UInt32(event.icmp_code) &<< 8
    } else {
      isTurned = destination.first < source.first
      if destination.first == source.first { isTurned = destination.second < source.second }
      if destination == source { isTurned = event.destination_port < event.source_port }
      let (a, b) = (UInt32(event.source_port), UInt32(event.destination_port))
      ports = isTurned ? b &<< 16 | a : a &<< 16 | b
    }
    first = isTurned ? destination : source
    second = isTurned ? source : destination
  }

  @inline(__always)
  func isEqual(_ other: Key) -> Bool {
    ports == other.ports && kind == other.kind && first == other.first && second == other.second
  }

  func hash(_ seed: UInt64) -> UInt32 {
    let ends = first.hash(seed) &+ second.hash(~seed)
    return picket_flow_low(mixed(ends ^ (picket_flow_wide(ports) &<< 32 | picket_flow_wide(kind))))
  }
}

/// IP's numbers of the protocols that records are made of.
enum IPProtocol {
  static var icmp: UInt8 { 1 }
  static var tcp: UInt8 { 6 }
  static var udp: UInt8 { 17 }
  static var icmp6: UInt8 { 58 }
}

@inline(__always)
func isICMP(_ number: UInt8) -> Bool {
  number == IPProtocol.icmp || number == IPProtocol.icmp6
}

@inline(__always)
func isKnown(_ number: UInt8) -> Bool {
  number == IPProtocol.tcp || number == IPProtocol.udp || isICMP(number)
}

/// The ICMP type that asks for an echo (RFC 792, RFC 4443).
@inline(__always)
func echoRequest(_ number: UInt8) -> UInt8 {
  number == IPProtocol.icmp6 ? 128 : 8
}

@inline(__always)
func echoReply(_ number: UInt8) -> UInt8 {
  number == IPProtocol.icmp6 ? 129 : 0
}
