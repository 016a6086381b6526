/// What one window holds: of the connections to the same destination, and of those to the same
/// service, at whichever destination.
///
/// The connection that looks is in all of them. 16 bits hold what a window of `PICKET_FLOW_MAX_WINDOW`
/// connections can, and every connection that is open has two of these.
struct WindowTally {
  var host: UInt16 = 0
  var hostSYNErrors: UInt16 = 0
  var hostRejections: UInt16 = 0
  /// Of those to the same destination, those to the same service.
  var sameService: UInt16 = 0
  /// Of the same, those from the same source port.
  var samePort: UInt16 = 0
  /// How many services they are to.
  var services: UInt16 = 0
  var service: UInt16 = 0
  var serviceSYNErrors: UInt16 = 0
  var serviceRejections: UInt16 = 0
  /// How many destinations those to the same service are to.
  var hosts: UInt16 = 0

  /// Counts a connection to the same destination.
  @inline(__always)
  mutating func add(host start: UnsafePointer<Start>, isSame: Bool, isSamePort: Bool) {
    host &+= 1
    hostSYNErrors &+= start.pointee.error == .syn ? 1 : 0
    hostRejections &+= start.pointee.error == .rejection ? 1 : 0
    sameService &+= isSame ? 1 : 0
    samePort &+= isSamePort ? 1 : 0
  }

  /// Counts a connection to the same service.
  @inline(__always)
  mutating func add(service start: UnsafePointer<Start>) {
    service &+= 1
    serviceSYNErrors &+= start.pointee.error == .syn ? 1 : 0
    serviceRejections &+= start.pointee.error == .rejection ? 1 : 0
  }

  /// Counts the looking connection's own error, which was not known when the rest was counted.
  mutating func add(own error: ConnectionError) {
    if error == .syn {
      hostSYNErrors &+= 1
      serviceSYNErrors &+= 1
    } else if error == .rejection {
      hostRejections &+= 1
      serviceRejections &+= 1
    }
  }

  /// Distinct services over connections, as the KDD data have `diff_srv_rate`: 0 if there is one.
  var differentServices: Float { services > 1 ? rate(services, host) : 0 }
  /// Distinct destinations over connections: 0 if there is one.
  var differentHosts: Float { hosts > 1 ? rate(hosts, service) : 0 }
}
