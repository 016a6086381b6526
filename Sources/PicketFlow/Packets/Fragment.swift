import CPicketFlow

/// What the first fragment of a datagram said, for the fragments behind it.
struct Fragment {
  var source: Address
  var destination: Address
  var time: UInt64
  var id: UInt32
  var sourcePort: UInt16
  var destinationPort: UInt16
  /// 0 in an entry that is free.
  var `protocol`: UInt8
  var icmpType: UInt8
  var icmpCode: UInt8

  /// How long the fragments of a datagram may be apart: RFC 8200, section 4.5.
  static var limit: UInt64 { 60_000_000_000 }
}

extension Flow {
  /// Remembers a first fragment, in the place of the oldest.
  mutating func remember(_ event: picket_flow_event, id: UInt32, at time: UInt64) {
    fragments[oldestFragment.int] = Fragment(
      source: address(event.source), destination: address(event.destination), time: time, id: id,
      sourcePort: event.source_port, destinationPort: event.destination_port,
      protocol: event.protocol, icmpType: event.icmp_type, icmpCode: event.icmp_code)
    oldestFragment &+= 1
    if oldestFragment == configuration.fragments { oldestFragment = 0 }
  }

  /// Gives a later fragment the ports of the newest first one with the same ends and number.
  ///
  /// - Returns: Whether there was one.
  func recall(_ event: inout picket_flow_event, id: UInt32, at time: UInt64) -> Bool {
    let (source, destination) = (address(event.source), address(event.destination))
    var looked: UInt32 = 0
    var index = oldestFragment
    while looked < configuration.fragments {
      index = index == 0 ? configuration.fragments &- 1 : index &- 1
      let entry = fragments + index.int
      if entry.pointee.protocol != 0 && entry.pointee.id == id && entry.pointee.source == source
        && entry.pointee.destination == destination
        && time &- entry.pointee.time <= Fragment.limit
      {
        event.source_port = entry.pointee.sourcePort
        event.destination_port = entry.pointee.destinationPort
        event.protocol = entry.pointee.protocol
        event.icmp_type = entry.pointee.icmpType
        event.icmp_code = entry.pointee.icmpCode
        return true
      }
      looked &+= 1
    }
    return false
  }
}
