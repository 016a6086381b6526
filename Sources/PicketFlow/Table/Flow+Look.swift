import CPicketFlow

/// Connections that last: what is known of them while they are open.
extension Flow {
  /// Tells the next open connection that began before a time, as if it ended now; nothing changes.
  ///
  /// - Parameter cursor: The entry to look at next; moved on.
  /// - Returns: Whether there was one.
  mutating func look(
    _ cursor: inout UInt32, begunBefore limit: UInt64, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Bool {
    // The table has an entry more than connections.
    while cursor <= configuration.connections {
      let entry = connections + cursor.int
      let index = cursor
      cursor &+= 1
      // An entry that is free, or whose end was told, holds an END.
      let isOpen = Int(truncatingIfNeeded: entry.pointee.event.kind) == PICKET_FLOW_BEGIN
      guard isOpen, entry.pointee.event.start_ns < limit else { continue }
      tellOpen(index, &event, record)
      return true
    }
    return false
  }

  /// The windows are counted for the moment; those that were settled are put back as they were.
  private mutating func tellOpen(
    _ index: UInt32, _ event: inout picket_flow_event, _ record: UnsafeMutablePointer<Float>?
  ) {
    let entry = connections + index.int
    let flag = entry.pointee.event.flag
    if Int(truncatingIfNeeded: flag) == PICKET_FLOW_S1 {
      entry.pointee.event.flag = UInt8(truncatingIfNeeded: PICKET_FLOW_SF)
    }
    event = entry.pointee.event
    event.kind = UInt8(truncatingIfNeeded: PICKET_FLOW_OPEN)
    if let record {
      if !entry.pointee.isSettled { count(index) }
      let (time, host) = (entry.pointee.time, entry.pointee.host)
      let error = ConnectionError.of(event.flag)
      entry.pointee.time.add(own: error)
      entry.pointee.host.add(own: error)
      writeRecord(entry.pointee, configuration.byte_count, to: record)
      entry.pointee.time = time
      entry.pointee.host = host
    }
    entry.pointee.event.flag = flag
  }
}
