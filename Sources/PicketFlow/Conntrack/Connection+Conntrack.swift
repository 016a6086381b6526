import CPicketFlow

extension Connection {
  /// Takes note of what the kernel says of this connection.
  ///
  /// - Parameters:
  ///   - message: What it says.
  ///   - now: When it was read.
  mutating func learn(_ message: UnsafePointer<Observation>, now: UInt64) {
    if message.pointee.kernel.hasCounters && message.pointee.event.packets.0 != 0 {
      event.packets = message.pointee.event.packets
      event.bytes = message.pointee.event.bytes
      event.notes &= ~noBytes
    }
    if message.pointee.kernel.isOffloaded { event.notes |= offloaded }
    if message.pointee.event.start_ns != 0 { event.start_ns = message.pointee.event.start_ns }
    let isAlive = message.pointee.kind != .end
    if isAlive && !isOver && !message.pointee.kernel.wasAsked { event.end_ns = now }
    if message.pointee.kernel.state != 0 {
      kernelState = message.pointee.kernel.state
      learnStates(message.pointee.kernel)
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

  /// Says when a connection ended that the kernel has forgotten.
  ///
  /// Its last packet came the entry's time-out before. An update that told its end is better. An entry of
  /// an established connection that cannot have been silent for that long had a shorter time-out, or was
  /// removed early; then nobody knows the end, and what happened has no name.
  ///
  /// - Parameters:
  ///   - message: The kernel's last one.
  ///   - limit: How long the kernel kept the entry behind the last packet; the largest number if that
  ///     is not known.
  ///   - now: When the message was read.
  mutating func learnEnd(_ message: UnsafePointer<Observation>, limit: UInt64, now: UInt64) {
    if isOver { return }
    let told = message.pointee.event.end_ns
    let died = told != 0 ? told : now
    var limit = limit
    if kernelState == KernelTCP.established
      && !isPossible(message.pointee.kernel.lastPacket(limit: limit, before: died))
    {
      limit = KernelTCP.unansweredTimeout
      if !isPossible(message.pointee.kernel.lastPacket(limit: limit, before: died)) {
        limit = UInt64.max
        event.flag = UInt8(truncatingIfNeeded: PICKET_FLOW_OTH)
      }
    }
    if told == 0 || limit == UInt64.max { event.notes |= noEnd }
    learnLastPacket(message, limit: limit, before: died)
  }

  /// Whether the last packet can have come then: a second earlier than the last that is known, since that
  /// is dated by when it was read.
  private func isPossible(_ lastPacket: UInt64) -> Bool {
    lastPacket &+ 1_000_000_000 >= event.end_ns
  }

  /// Says when the last packet came: before a time, by as much as the entry's time-out has run down.
  mutating func learnLastPacket(
    _ message: UnsafePointer<Observation>, limit: UInt64, before time: UInt64
  ) {
    if isOver || limit == UInt64.max { return }
    let end = message.pointee.kernel.lastPacket(limit: limit, before: time)
    if end > event.end_ns { event.end_ns = end }
  }
}

let noBytes = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_BYTES)
private let offloaded = UInt8(truncatingIfNeeded: PICKET_FLOW_OFFLOADED)
let noEnd = UInt8(truncatingIfNeeded: PICKET_FLOW_NO_END)
