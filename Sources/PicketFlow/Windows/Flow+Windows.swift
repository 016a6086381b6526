import CPicketFlow

/// The windows: over the starts of connections, newest last.
extension Flow {
  private var ringMask: UInt64 {
    mutating get { picket_flow_wide(configuration.starts) &- 1 }
  }

  private mutating func place(_ position: UInt64) -> Int {
    picket_flow_low(position & ringMask).int
  }

  /// The connections that the longer of the two windows looks at.
  private var depth: UInt64 {
    mutating get {
      let (time, host) = (configuration.window_connections, configuration.host_connections)
      return picket_flow_wide(time > host ? time : host)
    }
  }

  /// Remembers the start of a connection of the table, and gives it its place in the order.
  ///
  /// What is overwritten is the oldest start. If a connection that needs it is still open, its windows
  /// are counted first.
  mutating func start(_ index: UInt32) {
    let remembered = picket_flow_wide(configuration.starts)
    if starts &+ depth > remembered {
      settle(starts &+ depth &- remembered &- 1)
    }
    connections[index.int].position = starts
    ring[place(starts)] = Start(connections[index.int].event, connection: index)
    starts &+= 1
  }

  private mutating func settle(_ position: UInt64) {
    let index = ring[place(position)].connection
    guard index != nobody, !connections[index.int].isSettled else { return }
    count(index)
    connections[index.int].isSettled = true
  }

  /// Takes note of how a connection ended, and counts its windows if that has not been done.
  ///
  /// What its start said is said again: a source that tells the two directions apart may have learned
  /// only later which of them was first.
  mutating func finishStart(_ index: UInt32) {
    let entry = connections + index.int
    if entry.pointee.event.notes & noStart != 0 { return }
    let error = ConnectionError.of(entry.pointee.event.flag)
    let isRemembered = starts &- entry.pointee.position <= ringMask &+ 1
    if isRemembered {
      let start = ring + place(entry.pointee.position)
      start.pointee = Start(entry.pointee.event, connection: nobody)
      start.pointee.error = error
    }
    if entry.pointee.isSettled {
      entry.pointee.time.add(own: error)
      entry.pointee.host.add(own: error)
    } else {
      count(index)
    }
  }

  /// Counts both windows of a connection whose start is remembered.
  mutating func count(_ index: UInt32) {
    let entry = connections + index.int
    let position = entry.pointee.position
    entry.pointee.time = tally(
      position, depth: configuration.window_connections, age: configuration.window_ns)
    entry.pointee.host = tally(position, depth: configuration.host_connections, age: UInt64.max)
  }

  /// Counts the starts up to one, of the newest `depth`, that are not older than it by more than `age`.
  ///
  /// Starts that lie after it in time are left out: an exporter tells of connections when they end, so
  /// the order of telling is not that of time.
  private mutating func tally(_ position: UInt64, depth: UInt32, age: UInt64) -> WindowTally {
    services.clear()
    hosts.clear()
    var found = WindowTally()
    let own = ring + place(position)
    let (destination, service) = (own.pointee.destination, own.pointee.service)
    let (now, port, seed) = (own.pointee.time, own.pointee.sourcePort, configuration.seed)
    var looked: UInt32 = 0
    while looked < depth && picket_flow_wide(looked) <= position {
      let at = place(position &- picket_flow_wide(looked))
      let start = ring + at
      looked &+= 1
      if age != UInt64.max && (start.pointee.time > now || now &- start.pointee.time > age) {
        continue
      }
      let isSYNError: UInt16 = start.pointee.error == .syn ? 1 : 0
      let isRejection: UInt16 = start.pointee.error == .rejection ? 1 : 0
      let isSame = start.pointee.service == service
      if start.pointee.destination == destination {
        found.host &+= 1
        found.hostSYNErrors &+= isSYNError
        found.hostRejections &+= isRejection
        found.sameService &+= isSame ? 1 : 0
        found.samePort &+= start.pointee.sourcePort == port ? 1 : 0
        found.services &+= services.add(service: at, ring, seed)
      }
      if isSame {
        found.service &+= 1
        found.serviceSYNErrors &+= isSYNError
        found.serviceRejections &+= isRejection
        found.hosts &+= hosts.add(host: at, ring, seed)
      }
    }
    return found
  }
}
