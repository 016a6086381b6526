import CPicketFlow

/// What is remembered of a connection for the windows of others, from its start on.
struct Start {
  var destination: Address
  var time: UInt64
  /// Its service: the protocol and the port, or ICMP's type.
  var service: UInt32
  /// The entry of the table, as long as it is open.
  var connection: UInt32
  /// Of ICMP the type.
  var sourcePort: UInt16
  /// Where sets of destinations and of services look for this one first: hashed once here, since each
  /// of the next 511 connections may look.
  var hostHash: UInt16
  var serviceHash: UInt16
  var error: ConnectionError

  init(_ event: picket_flow_event, connection: UInt32, seed: UInt64) {
    destination = address(event.destination)
    time = event.start_ns
    service = serviceKey(event)
    sourcePort = isICMP(event.protocol) ? UInt16(event.icmp_type) : event.source_port
    hostHash = UInt16(truncatingIfNeeded: destination.hash(seed) &>> 32)
    serviceHash = UInt16(truncatingIfNeeded: mixed(seed ^ picket_flow_wide(service)) &>> 32)
    self.connection = connection
    error = .none
  }
}

/// Which error rates a connection that has ended counts in.
enum ConnectionError: UInt8 {
  case none
  /// "SYN errors", `serror_rate`.
  case syn
  /// "REJ errors", `rerror_rate`.
  case rejection

  /// As the KDD data have it: they count more flags than their description names.
  static func of(_ flag: UInt8) -> ConnectionError {
    switch Int(truncatingIfNeeded: flag) {
    case PICKET_FLOW_S0, PICKET_FLOW_S1, PICKET_FLOW_S2, PICKET_FLOW_S3, PICKET_FLOW_SH: .syn
    case PICKET_FLOW_REJ, PICKET_FLOW_RSTO, PICKET_FLOW_RSTR, PICKET_FLOW_RSTOS0: .rejection
    default: .none
    }
  }
}

/// What two connections must share to be of the same service: in the KDD data not the service's name,
/// which many ports share, but the port.
func serviceKey(_ event: picket_flow_event) -> UInt32 {
  let kind = UInt32(event.protocol) &<< 16
  return isICMP(event.protocol) ? kind | UInt32(event.icmp_type) : kind | servicePort(event)
}

/// The port that names a connection's service: the destination's, but FTP's data connections are
/// opened by the server, from port 20 (RFC 959, section 3.2).
@inline(__always)
func servicePort(_ event: picket_flow_event) -> UInt32 {
  event.protocol == IPProtocol.tcp && event.source_port == 20 ? 20 : UInt32(event.destination_port)
}
