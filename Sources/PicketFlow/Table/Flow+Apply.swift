import CPicketFlow

/// What an observation does to the table.
extension Flow {
  mutating func apply(
    _ event: inout picket_flow_event, _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    let key = Key(observation.pointee.event)
    let index = find(key)
    switch observation.pointee.kind {
    case .packet: return applyPacket(key, index, &event, record)
    case .begin: return applyBegin(key, index, &event, record)
    case .update: return applyUpdate(key, index, &event, record)
    case .end: return applyEnd(key, index, &event, record)
    case .flow: return applyFlow(key, index, &event, record)
    }
  }

  /// A packet: of a connection of the table, or the first of a new one.
  private mutating func applyPacket(
    _ key: Key, _ index: UInt32, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    if index != nobody {
      let opens = observation.pointee.event.tcp_flags.0 & (TCPFlag.syn | TCPFlag.ack) == TCPFlag.syn
      let isOver = connections[index.int].list == .closed && opens
      if isOver || connections[index.int].isEnded {
        return end(index, PICKET_FLOW_REPLACED, &event, record) ? .toldBefore : .again
      }
      connections[index.int].add(observation.pointee.event, now: now)
      touch(index, SilenceList.of(connections + index.int))
      counters.counted &+= 1
      return .done
    }
    if let outcome = makeRoom(&event, record) { return outcome }
    let opened = begin(observation.pointee.event.asFirstPacket, key, .unanswered)
    connections[opened.int].add(observation.pointee.event, now: now)
    touch(opened, SilenceList.of(connections + opened.int))
    counters.counted &+= 1
    event = connections[opened.int].event
    return .told
  }

  /// A source says that a connection begins.
  private mutating func applyBegin(
    _ key: Key, _ index: UInt32, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    if index != nobody {
      return end(index, PICKET_FLOW_REPLACED, &event, record) ? .toldBefore : .again
    }
    if let outcome = makeRoom(&event, record) { return outcome }
    let isKernels = observation.pointee.kernel.isTold
    let opened = isKernels ? open(key, 0) : begin(observation.pointee.event, key, .added)
    event = connections[opened.int].event
    return .told
  }

  /// A source says that a connection is over, and tells all of it.
  private mutating func applyEnd(
    _ key: Key, _ index: UInt32, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    if index == nobody {
      let isKernels = observation.pointee.kernel.isTold
      if isKernels && toldEnds.forget(key.hash(configuration.seed)) { return .done }
      // In the entry that is always free: none has to go for one that is gone at once.
      let opened = isKernels ? open(key, noStart) : begin(observation.pointee.event, key, .added)
      tell(opened, observation.pointee.endReason, &event, record)
      remove(opened)
      return .told
    }
    if observation.pointee.kernel.isTold {
      hear(index)
    } else {
      // Seen to begin or not: what differs in that is another connection.
      let difference = connections[index.int].event.notes ^ observation.pointee.event.notes
      if difference & noStart != 0 {
        return end(index, PICKET_FLOW_REPLACED, &event, record) ? .toldBefore : .again
      }
      let id = connections[index.int].event.id
      connections[index.int].event = observation.pointee.event
      if observation.pointee.event.id == 0 { connections[index.int].event.id = id }
    }
    return end(index, observation.pointee.endReason, &event, record) ? .told : .done
  }
}

let noStart = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_START)

extension Observation {
  /// Why a told connection ended: as the event says, or because its source said so.
  fileprivate var endReason: Int { event.reason != 0 ? 0 : PICKET_FLOW_TOLD }
}

extension picket_flow_event {
  /// The connection that a packet begins, before the packet is counted.
  ///
  /// Whoever sends first is the originator; but a SYN-ACK is an answer, even if its SYN was missed.
  var asFirstPacket: picket_flow_event {
    var first = self
    first.bytes = (0, 0)
    first.payload = (0, 0)
    first.packets = (0, 0)
    first.tcp_flags = (0, 0)
    let answer = TCPFlag.syn | TCPFlag.ack
    if `protocol` == IPProtocol.tcp && tcp_flags.0 & answer == answer {
      (first.source, first.destination) = (destination, source)
      (first.source_port, first.destination_port) = (destination_port, source_port)
    }
    return first
  }
}
