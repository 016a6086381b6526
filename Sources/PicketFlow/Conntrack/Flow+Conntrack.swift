import CPicketFlow

/// Messages of connection tracking, and what they do to the table.
extension Flow {
  /// Reads netlink messages up to the first that tells of a connection, or to the end of a dump.
  ///
  /// - Returns: Whether there was one: a connection is the observation then.
  mutating func takeConntrack() -> Bool {
    guard let bytes = inbox.bytes else { return false }
    while inbox.size &- inbox.cursor.offset >= NetlinkHeader.size {
      let header = NetlinkHeader(bytes, at: inbox.cursor.offset)
      let start = inbox.cursor.offset
      counters.messages &+= 1
      guard header.length >= NetlinkHeader.size, header.length <= inbox.size &- start else {
        counters.messages_malformed &+= 1
        isDumpBroken = true
        return false
      }
      inbox.cursor.offset = start &+ ((header.length &+ 3) & ~3)
      if header.isInterrupted { isDumpBroken = true }
      if header.isDone {
        // Behind the header is the error that has ended it.
        if header.length >= 20 && bytes.native32(start &+ 16) != 0 { isDumpBroken = true }
        endDump(header.number)
        return true
      }
      guard let kind = header.kind else {
        counters.messages_ignored &+= 1
        continue
      }
      var told = Observation(kind, picket_flow_event())
      // Behind the family, the version and a number that is not used.
      let attributes = NetlinkAttributes(
        bytes, from: start &+ NetlinkHeader.size &+ 4, to: start &+ header.length)
      guard told.readConntrack(attributes) else {
        counters.messages_malformed &+= 1
        isDumpBroken = true
        continue
      }
      guard isKnown(told.event.protocol) else {
        counters.messages_ignored &+= 1
        continue
      }
      told.event.flag = initialFlag(told.event.protocol)
      told.kernel.wasAsked = header.wasAsked
      observation.pointee = told
      inbox.hasObservation = true
      return true
    }
    return false
  }

  /// Tells a connection of the table what the observation says of it.
  mutating func hear(_ index: UInt32) {
    connections[index.int].learn(observation, now: now)
    if observation.pointee.kind == .end {
      connections[index.int].learnEnd(observation, limit: kernelTimeout(index), now: now)
    }
    if observation.pointee.kernel.wasAsked {
      connections[index.int].learnLastPacket(observation, limit: kernelTimeout(index), before: now)
    }
    let list = observation.pointee.kernel.isAnswered ? SilenceList.told : .unansweredTold
    touch(index, connections[index.int].isEnded ? .ended : list)
  }

  /// How long the kernel keeps an entry like this in the state in which it died; the largest number if
  /// the state's time-out is not among those of the configuration.
  private mutating func kernelTimeout(_ index: UInt32) -> UInt64 {
    let entry = connections + index.int
    if entry.pointee.event.protocol == IPProtocol.udp {
      let isStream = observation.pointee.kernel.isAssured
      return isStream ? configuration.kernel_udp_stream_ns : configuration.kernel_udp_ns
    }
    if isICMP(entry.pointee.event.protocol) { return configuration.kernel_icmp_ns }
    switch entry.pointee.kernelState {
    case KernelTCP.synSent: return configuration.kernel_syn_sent_ns
    case KernelTCP.established: return configuration.kernel_established_ns
    // A SYN that was answered by RST: the kernel forgets it at once.
    case KernelTCP.close: return 0
    default: return UInt64.max
    }
  }

  /// An entry of connection tracking has changed, or was asked for.
  mutating func applyUpdate(
    _ key: Key, _ index: UInt32, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    guard index != nobody else { return applyUnknown(key, &event, record) }
    let wasOver = connections[index.int].isOver
    hear(index)
    let entry = connections + index.int
    guard entry.pointee.isOver, !entry.pointee.isEnded else { return .done }
    if observation.pointee.kernel.hasCounters {
      tell(index, PICKET_FLOW_TOLD, &event, record)
      entry.pointee.isEnded = true
      touch(index, .ended)
      return .told
    }
    guard !wasOver else { return .done }
    event = entry.pointee.event
    event.kind = UInt8(truncatingIfNeeded: PICKET_FLOW_QUERY)
    return .told
  }

  /// Takes up an entry that the table does not have, unless it is closed.
  ///
  /// Then it is an answer that came too late.
  private mutating func applyUnknown(
    _ key: Key, _ event: inout picket_flow_event, _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    let state = observation.pointee.kernel.state
    guard state < KernelTCP.lastACK || state > KernelTCP.close else { return .done }
    if let outcome = makeRoom(&event, record) { return outcome }
    let opened = open(key, noStart)
    event = connections[opened.int].event
    return .told
  }

  /// Begins the connection that connection tracking tells of; there must be room.
  ///
  /// - Parameter note: PICKET_FLOW_NO_START if it began unseen, or 0.
  mutating func open(_ key: Key, _ note: UInt8) -> UInt32 {
    var first = observation.pointee.event
    first.packets = (0, 0)
    first.bytes = (0, 0)
    if first.start_ns == 0 { first.start_ns = now }
    first.end_ns = first.start_ns
    first.notes = noBytes | noPayload | note
    let index = begin(first, key, .unansweredTold)
    if observation.pointee.kind == .begin && observation.pointee.kernel.isMidway {
      connections[index.int].originator = .partial
      connections[index.int].responder = .partial
    }
    hear(index)
    return index
  }
}

/// The header of a netlink message: `struct nlmsghdr` of linux/netlink.h.
struct NetlinkHeader {
  let length: Int
  /// What the message says, or nil if it is not one of connection tracking.
  let kind: Observation.Kind?
  /// Whether it answers a question: then it names the socket that asked.
  let wasAsked: Bool
  /// The number of the question.
  let number: UInt32
  /// The table changed while it was dumped: entries may have been left out.
  let isInterrupted: Bool
  /// It ends a dump.
  let isDone: Bool

  static var size: Int { 16 }

  init(_ bytes: UnsafeRawPointer, at: Int) {
    length = bytes.native32(at).int
    let type = bytes.native16(at &+ 4)
    number = bytes.native32(at &+ 8)
    wasAsked = bytes.native32(at &+ 12) != 0
    let flags = bytes.native16(at &+ 6)
    isInterrupted = flags & 0x10 != 0  // NLM_F_DUMP_INTR
    isDone = type == 3  // NLMSG_DONE
    // NLM_F_CREATE: of what the kernel says unasked, this tells "new" from "changed".
    let isNew = flags & 0x400 != 0
    // The subsystem of connection tracking is 1, its messages are NEW, 0, and DELETE, 2.
    switch type {
    case 0x100: kind = isNew ? .begin : .update
    case 0x102: kind = .end
    default: kind = nil
    }
  }
}

private let noPayload = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_PAYLOAD)
