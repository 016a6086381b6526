import CPicketFlow

/// The work on inputs: one event a call.
extension Flow {
  /// What working on an observation came to.
  enum Outcome {
    /// No event; the observation is done with.
    case done
    /// An event was told; the observation is done with.
    case told
    /// An event was told that comes before the observation's own.
    case toldBefore
    /// Nothing was told, and the observation must be looked at again.
    case again
  }

  /// Tells the next event, or says that there is none.
  ///
  /// Whatever was due before the input's time comes first, so that the order of events does not depend
  /// on how often the host lets time pass.
  mutating func next(_ event: inout picket_flow_event, _ record: UnsafeMutablePointer<Float>?)
    -> Bool
  {
    while true {
      let isFinishing = inbox.kind == .finish
      let index = due(all: isFinishing)
      if index != nobody {
        if end(index, dueReason(index), &event, record) { return true }
        continue
      }
      if !inbox.hasObservation {
        guard takeObservation() else {
          inbox.kind = .nothing
          inbox.bytes = nil
          return false
        }
        // The end of a dump: some may be due now.
        if !inbox.hasObservation { continue }
      }
      switch apply(&event, record) {
      case .done: inbox.hasObservation = false
      case .told:
        inbox.hasObservation = false
        return true
      case .toldBefore: return true
      case .again: break
      }
    }
  }

  /// Why a connection ends that is due; what it means for what is known of it is noted.
  private mutating func dueReason(_ index: UInt32) -> Int {
    let list = lists + Int(truncatingIfNeeded: connections[index.int].list.rawValue)
    let last = connections[index.int].last
    if last < list.pointee.goneBefore {
      lose(index)
      return PICKET_FLOW_TOLD
    }
    let limit = list.pointee.limit
    let isTimedOut = limit != UInt64.max && now &- last >= limit
    return isTimedOut ? PICKET_FLOW_TIMED_OUT : PICKET_FLOW_FINISHED
  }

  /// Reads the next observation out of a datagram, or something that leaves connections due.
  private mutating func takeObservation() -> Bool {
    switch inbox.kind {
    case .conntrack: return takeConntrack()
    case .netflow: return takeNetFlow()
    default: return false
    }
  }

  /// Ends a connection: tells its END and its record, unless that has been done before.
  mutating func end(
    _ index: UInt32, _ reason: Int, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Bool {
    let entry = connections + index.int
    if entry.pointee.isEnded {
      remove(index)
      return false
    }
    tell(index, reason, &event, record)
    remove(index)
    return true
  }

  /// Tells a connection's END and its record.
  mutating func tell(
    _ index: UInt32, _ reason: Int, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) {
    let entry = connections + index.int
    entry.pointee.event.kind = UInt8(truncatingIfNeeded: PICKET_FLOW_END)
    if reason != 0 { entry.pointee.event.reason = UInt8(truncatingIfNeeded: reason) }
    finishStart(index)
    event = entry.pointee.event
    if let record {
      writeRecord(entry.pointee, configuration.byte_count, to: record)
    }
  }

  /// Makes room for one more connection; gives what came of it, or nil if there was room.
  ///
  /// One whose end was told has lost nothing by it.
  mutating func makeRoom(
    _ event: inout picket_flow_event, _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome? {
    guard counters.open >= picket_flow_wide(configuration.connections) else { return nil }
    let index = evictable()
    if connections[index.int].isEnded {
      toldEnds.remember(connections[index.int].hash)
    } else {
      counters.evicted &+= 1
    }
    return end(index, PICKET_FLOW_EVICTED, &event, record) ? .toldBefore : .again
  }

  /// Opens a connection for an event; there must be room.
  ///
  /// One that nobody saw begin has no number and no place among those that begin now: a source tells of
  /// such ones late and in bursts.
  mutating func begin(_ event: picket_flow_event, _ key: Key, _ list: SilenceList) -> UInt32 {
    var first = event
    first.kind = UInt8(truncatingIfNeeded: PICKET_FLOW_BEGIN)
    if first.notes & noStart != 0 {
      first.id = 0
      let index = insert(first, key, list)
      connections[index.int].isSettled = true
      return index
    }
    // The last number that an event can have stays: 0 would say that nobody saw it begin.
    if first.id == 0 { first.id = lastID &+ (lastID < UInt64.max &- 1 ? 1 : 0) }
    if first.id > lastID { lastID = first.id }
    counters.connections &+= 1
    let index = insert(first, key, list)
    start(index)
    return index
  }
}
