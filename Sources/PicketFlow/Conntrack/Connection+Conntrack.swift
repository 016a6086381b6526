import CPicketFlow

extension Connection {
  /// Takes note of what the kernel says of this connection.
  ///
  /// - Parameters:
  ///   - told: Its message.
  ///   - now: When it was read.
  mutating func learn(_ told: Observation, now: UInt64) {
    if told.kernel.hasCounters && told.event.packets.0 != 0 {
      event.packets = told.event.packets
      event.bytes = told.event.bytes
      event.notes &= ~noBytes
    }
    if told.kernel.isOffloaded { event.notes |= offloaded }
    if told.event.start_ns != 0 { event.start_ns = told.event.start_ns }
    let isAlive = told.kind != .end
    if isAlive && !isOver { event.end_ns = now }
    if told.kernel.state != 0 {
      kernelState = told.kernel.state
      learnStates(told.kernel)
      if isAlive && isClosed(originator, responder) { isOver = true }
    }
    if event.end_ns < event.start_ns { event.end_ns = event.start_ns }
  }

  /// Puts both sides into states that fit the kernel's one, and names them.
  ///
  /// A reset of an established connection does not tell which side sent it: it is called RSTR.
  private mutating func learnStates(_ kernel: KernelFacts) {
    let wasOver = originator == .closed && responder == .closed
    switch kernel.state {
    case KernelTCP.synSent: (originator, responder) = (.synSent, .inactive)
    case KernelTCP.synReceived: (originator, responder) = (.established, .established)
    case KernelTCP.established:
      if originator != .partial { (originator, responder) = (.established, .established) }
    case KernelTCP.finWait, KernelTCP.closeWait:
      let isResponder =
        kernel.responderFlags & KernelTCP.hasClosed != 0
        && kernel.originatorFlags & KernelTCP.hasClosed == 0
      (originator, responder) =
        isResponder ? (.established, .closed) : (.closed, .established)
    case KernelTCP.lastACK, KernelTCP.timeWait: (originator, responder) = (.closed, .closed)
    case KernelTCP.close where kernel.isAnswered:
      if !wasOver { (originator, responder) = (.established, .reset) }
    case KernelTCP.close:
      let isAlone = event.notes & noBytes == 0 && event.packets.1 == 0
      (originator, responder) = isAlone ? (.reset, .inactive) : (.synSent, .reset)
    default: break
    }
    event.flag = UInt8(
      truncatingIfNeeded: PicketFlow.flag(originator, responder, isEmpty: false))
  }

  /// Says when a connection ended that the kernel has forgotten: its last packet came the entry's
  /// time-out before, unless an update had told its end already.
  mutating func learnEnd(_ told: Observation, _ limits: picket_flow_configuration, now: UInt64) {
    if isOver { return }
    guard let limit = timeout(told.kernel, limits) else {
      event.notes |= noEnd
      return
    }
    if told.event.end_ns == 0 { event.notes |= noEnd }
    let stop = told.event.end_ns != 0 ? told.event.end_ns : now
    // Seconds of 32 bits: the product is below 2^62.
    let left = (told.kernel.secondsLeft & 0xFFFF_FFFF) &* 1_000_000_000
    let silent = limit > left ? limit &- left : 0
    let end = stop > silent ? stop &- silent : 0
    if end > event.end_ns { event.end_ns = end }
  }

  /// How long the kernel keeps an entry in the state in which this one died, if that is known.
  private func timeout(_ kernel: KernelFacts, _ limits: picket_flow_configuration) -> UInt64? {
    if event.protocol == IPProtocol.udp {
      return kernel.isAssured ? limits.kernel_udp_stream_ns : limits.kernel_udp_ns
    }
    if isICMP(event.protocol) { return limits.kernel_icmp_ns }
    switch kernelState {
    case KernelTCP.synSent: return limits.kernel_syn_sent_ns
    case KernelTCP.established: return limits.kernel_established_ns
    // A SYN that was answered by RST: the kernel forgets it at once.
    case KernelTCP.close: return 0
    default: return nil
    }
  }
}

let noBytes = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_BYTES)
private let offloaded = UInt8(truncatingIfNeeded: PICKET_FLOW_OFFLOADED)
private let noEnd = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_END)
