import CPicketFlow

/// Numbers of attributes: linux/netfilter/nfnetlink_conntrack.h.
private enum Attribute {
  static var originalTuple: Int { 1 }
  static var status: Int { 3 }
  static var protocolInfo: Int { 4 }
  static var timeout: Int { 7 }
  static var originalCounters: Int { 9 }
  static var replyCounters: Int { 10 }
  static var timestamp: Int { 20 }
}

extension Observation {
  /// Reads the attributes of a message of connection tracking.
  ///
  /// - Returns: Whether they are well formed and name the connection.
  mutating func readConntrack(_ all: NetlinkAttributes) -> Bool {
    var attributes = all
    var hasEnds = false
    kernel.isTold = true
    while let attribute = attributes.next() {
      switch attribute.type {
      case Attribute.originalTuple:
        guard event.readTuple(attribute.inner) else { return false }
        hasEnds = true
      case Attribute.status: kernel.status = picket_flow_low(attribute.number)
      case Attribute.protocolInfo: kernel.readProtocolInfo(attribute.inner)
      case Attribute.timeout: kernel.secondsLeft = attribute.number
      case Attribute.originalCounters:
        kernel.hasCounters = true
        Observation.readPair(attribute.inner, &event.packets.0, &event.bytes.0)
      case Attribute.replyCounters:
        Observation.readPair(attribute.inner, &event.packets.1, &event.bytes.1)
      case Attribute.timestamp:
        Observation.readPair(attribute.inner, &event.start_ns, &event.end_ns)
      default: break
      }
    }
    return hasEnds && !attributes.isMalformed
  }

  /// Packets and bytes, or start and stop: the attributes 1 and 2 of what holds them.
  private static func readPair(
    _ all: NetlinkAttributes, _ first: inout UInt64, _ second: inout UInt64
  ) {
    var attributes = all
    while let attribute = attributes.next() {
      if attribute.type == 1 { first = attribute.number }
      if attribute.type == 2 { second = attribute.number }
    }
  }
}

extension KernelFacts {
  /// `CTA_PROTOINFO_TCP` is 1, and in it the state 1, the flags 4 and 5.
  fileprivate mutating func readProtocolInfo(_ all: NetlinkAttributes) {
    var protocols = all
    while let tcp = protocols.next() {
      guard tcp.type == 1 else { continue }
      var attributes = tcp.inner
      while let attribute = attributes.next() {
        switch attribute.type {
        case 1: state = attribute.byte
        case 4: originatorFlags = attribute.byte
        case 5: responderFlags = attribute.byte
        default: break
        }
      }
    }
  }
}
