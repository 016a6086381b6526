import CPicketFlow

extension Flow {
  /// A flow record: one direction of a connection, or a part of it, or both directions.
  mutating func applyFlow(
    _ key: Key, _ index: UInt32, _ event: inout picket_flow_event,
    _ record: UnsafeMutablePointer<Float>?
  ) -> Outcome {
    if index != nobody {
      let isAnother =
        connections[index.int].list == .closed
        && observation.pointee.event.start_ns > connections[index.int].event.end_ns
      if isAnother || connections[index.int].isEnded {
        return end(index, PICKET_FLOW_REPLACED, &event, record) ? .toldBefore : .again
      }
      connections[index.int].add(flow: observation.pointee.event)
      touch(index, SilenceList.of(connections + index.int))
      return .done
    }
    if let outcome = makeRoom(&event, record) { return outcome }
    let opened = begin(observation.pointee.event, key, .unanswered)
    connections[opened.int].learnStatesFromFlags()
    touch(opened, SilenceList.of(connections + opened.int))
    event = connections[opened.int].event
    return .told
  }
}

extension Connection {
  /// Adds a flow record to what is known of its connection.
  ///
  /// Of two directions the one that started first is the originator's.
  mutating func add(flow told: picket_flow_event) {
    let isSameWay =
      address(told.source) == address(event.source)
      && (isICMP(told.protocol) || told.source_port == event.source_port)
    let other = isSameWay ? told : told.turned
    event.bytes = (event.bytes.0 &+ other.bytes.0, event.bytes.1 &+ other.bytes.1)
    event.packets = (event.packets.0 &+ other.packets.0, event.packets.1 &+ other.packets.1)
    event.tcp_flags = (
      event.tcp_flags.0 | other.tcp_flags.0, event.tcp_flags.1 | other.tcp_flags.1
    )
    if told.notes & noBytes == 0 { event.notes &= ~noBytes }
    let isEarlier = told.start_ns < event.start_ns
    if isEarlier { event.start_ns = told.start_ns }
    if told.end_ns > event.end_ns { event.end_ns = told.end_ns }
    if isEarlier && !isSameWay && !isICMP(told.protocol) { event = event.turned }
    learnStatesFromFlags()
  }

  /// Puts both sides into the states that their flags, all taken together, tell of.
  mutating func learnStatesFromFlags() {
    guard event.protocol == IPProtocol.tcp else { return }
    let (own, peer) = event.tcp_flags
    originator = TCPState(allFlags: own, peer: peer, isOriginator: true)
    responder = TCPState(allFlags: peer, peer: own, isOriginator: false)
    event.flag = UInt8(
      truncatingIfNeeded: PicketFlow.flag(originator, responder, isEmpty: false))
  }
}

extension TCPState {
  /// The state of a side of which no order of packets is known.
  ///
  /// - Parameters:
  ///   - flags: Every flag that it has sent; 0 if it has sent nothing.
  ///   - peer: Those of the other side.
  init(allFlags flags: UInt8, peer: UInt8, isOriginator: Bool) {
    let hasClosed = flags & TCPFlag.fin != 0
    if flags & TCPFlag.rst != 0 {
      // A RST behind both FINs is an orderly end.
      let isOrderly = hasClosed && peer & TCPFlag.fin != 0
      self = isOrderly ? .closed : hasClosed ? .resetAfterClose : .reset
    } else if hasClosed {
      self = .closed
    } else if flags & TCPFlag.syn != 0 {
      self = isOriginator && peer & TCPFlag.syn == 0 ? .synSent : .established
    } else {
      self = flags == 0 ? .inactive : .partial
    }
  }
}

extension picket_flow_event {
  /// The same with its ends in each other's place.
  var turned: picket_flow_event {
    var other = self
    (other.source, other.destination) = (destination, source)
    (other.source_port, other.destination_port) = (destination_port, source_port)
    other.bytes = (bytes.1, bytes.0)
    other.payload = (payload.1, payload.0)
    other.packets = (packets.1, packets.0)
    other.tcp_flags = (tcp_flags.1, tcp_flags.0)
    return other
  }

  /// Fills in what a flow record leaves open, and turns one that a server seems to have sent: many
  /// exporters give both directions the same start, so that it does not tell who was first.
  mutating func prepareFlow() {
    flag = initialFlag(`protocol`)
    notes = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_PAYLOAD)
    if bytes.0 | bytes.1 == 0 { notes |= noBytes }
    if isICMP(`protocol`) {
      // Some put the type and the code where the port is, and none tells the identifier.
      if icmp_type == 0 && icmp_code == 0 && destination_port != 0 {
        icmp_type = UInt8(truncatingIfNeeded: destination_port &>> 8)
        icmp_code = UInt8(truncatingIfNeeded: destination_port)
      }
      source_port = 0
      destination_port = 0
    } else if source_port < 1024 && destination_port >= 1024 {
      self = turned
    }
  }
}
