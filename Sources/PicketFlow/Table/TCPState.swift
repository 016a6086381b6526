import CPicketFlow

/// How far one side of a TCP connection has come, by the packets that it has sent.
///
/// These are the endpoint states of Bro (Paxson, "Bro: a system for detecting network intruders in
/// real-time", Computer Networks 31, 1999), whose connection summaries the KDD column `flag` names.
enum TCPState: UInt8 {
  /// Has sent nothing.
  case inactive
  case synSent
  /// Has answered a SYN that was not seen; only the side that spoke first can be here.
  case synAckSent
  /// Sends, but its SYN was not seen.
  case partial
  case established
  /// Has sent a FIN.
  case closed
  case reset
  /// Has sent a FIN, and a RST while the other side was still open.
  case resetAfterClose

  @inline(__always)
  var isReset: Bool { self == .reset || self == .resetAfterClose }
  /// Whether no SYN of this side was seen.
  @inline(__always)
  var isSilent: Bool { self == .inactive || self == .partial }
}

/// The bits of the TCP header that change a state.
enum TCPFlag {
  static var fin: UInt8 { 1 }
  static var syn: UInt8 { 2 }
  static var rst: UInt8 { 4 }
  static var ack: UInt8 { 16 }
}

/// Whether nothing more is to come but late packets.
@inline(__always)
func isClosed(_ originator: TCPState, _ responder: TCPState) -> Bool {
  originator.isReset || responder.isReset || (originator == .closed && responder == .closed)
}

/// The states behind a segment.
///
/// - Parameters:
///   - sender: The state of the side that sent it.
///   - peer: That of the other side.
///   - flags: The segment's flags.
///   - isEmpty: Whether it carries no data.
///   - isOriginator: Whether the originator sent it.
func advance(
  _ sender: inout TCPState, _ peer: inout TCPState, flags: UInt8, isEmpty: Bool, isOriginator: Bool
) {
  let (fin, syn) = (flags & TCPFlag.fin != 0, flags & TCPFlag.syn != 0)
  let (rst, ack) = (flags & TCPFlag.rst != 0, flags & TCPFlag.ack != 0)
  switch sender {
  case .inactive:
    if syn {
      if isOriginator {
        sender = ack ? .synAckSent : .synSent
      } else {
        sender = .established
        if peer == .synSent { peer = .established }
      }
    }
    if fin { sender = .closed }
    if rst { sender = .reset }
    guard sender == .inactive else { return }
    // Some stacks acknowledge a SYN before they answer it: nothing has happened yet.
    if !isOriginator && isEmpty && peer == .synSent { return }
    // The SYN was missed, but it was answered: as good as seen.
    sender = ack && peer == .established ? .established : .partial
  case .synSent, .synAckSent:
    if fin { sender = .closed }
    if rst { sender = .reset }
  case .partial, .established:
    if syn && !ack && sender == .partial && peer == .inactive { sender = .synSent }
    if rst {
      sender = .reset
    } else if fin {
      sender = .closed
      // The other side's RST came behind its FIN: both have closed, and that is an orderly end.
      if peer == .resetAfterClose { peer = .closed }
    }
  case .closed:
    if rst && peer != .closed { sender = .resetAfterClose }
  case .reset, .resetAfterClose:
    return
  }
}

/// The KDD flag of a TCP connection.
///
/// - Parameter isEmpty: Whether no side has sent data.
func flag(_ originator: TCPState, _ responder: TCPState, isEmpty: Bool) -> Int {
  if responder.isReset {
    let isRejected =
      originator == .synSent || originator == .synAckSent || (originator.isReset && isEmpty)
    if isRejected { return PICKET_FLOW_REJ }
    return originator.isSilent ? PICKET_FLOW_RSTRH : PICKET_FLOW_RSTR
  }
  if originator.isReset { return responder.isSilent ? PICKET_FLOW_RSTOS0 : PICKET_FLOW_RSTO }
  if originator == .closed {
    if responder == .closed { return PICKET_FLOW_SF }
    return responder.isSilent ? PICKET_FLOW_SH : PICKET_FLOW_S2
  }
  if responder == .closed { return originator.isSilent ? PICKET_FLOW_SHR : PICKET_FLOW_S3 }
  if originator == .synSent && responder == .inactive { return PICKET_FLOW_S0 }
  let isEstablished = originator == .established && responder == .established
  return isEstablished ? PICKET_FLOW_S1 : PICKET_FLOW_OTH
}

/// The flag of a connection of which nothing is known yet: there is but one for UDP and ICMP.
func initialFlag(_ number: UInt8) -> UInt8 {
  UInt8(truncatingIfNeeded: number == IPProtocol.tcp ? PICKET_FLOW_OTH : PICKET_FLOW_SF)
}
