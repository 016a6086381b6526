import CPicketFlow

/// The windows: over the starts of connections, newest last.
extension Flow {
  private var ringMask: UInt64 {
    mutating get { picket_flow_wide(configuration.starts) &- 1 }
  }

  /// Where the ring has the start of a position.
  mutating func place(_ position: UInt64) -> Int {
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
    ring[place(starts)] = Start(
      connections[index.int].event, connection: index, seed: configuration.seed)
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
      start.pointee = Start(entry.pointee.event, connection: nobody, seed: configuration.seed)
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
  ///
  /// The time window looks at more connections. While traffic is dense it skips none of them for its
  /// age, and has counted the host window on its way.
  mutating func count(_ index: UInt32) {
    let entry = connections + index.int
    let position = entry.pointee.position
    let time = tally(
      position, depth: configuration.window_connections, age: configuration.window_ns,
      through: configuration.host_connections)
    entry.pointee.time = time.all
    entry.pointee.host =
      time.hasNewest
      ? time.newest
      : tally(position, depth: configuration.host_connections, age: UInt64.max, through: 0).all
  }
}
