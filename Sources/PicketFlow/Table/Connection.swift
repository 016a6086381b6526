import CPicketFlow

/// The index of no connection.
let nobody: UInt32 = 0xFFFF_FFFF

/// One entry of the connection table.
struct Connection {
  /// What is known so far, as it will be told.
  var event: picket_flow_event
  /// When it was last heard of: what time-outs count from.
  var last: UInt64
  /// Its place in the order of starts, from 0.
  var position: UInt64
  /// The next one of its bucket, or of the free ones.
  var next: UInt32
  /// Its neighbours in its list of silence.
  var older: UInt32
  var newer: UInt32
  /// The hash of its key, which is that of its event: what most comparisons end with.
  var hash: UInt32
  var list: SilenceList
  /// How far TCP has come on each side.
  var originator: TCPState
  var responder: TCPState
  /// The TCP state that connection tracking named last, or 0.
  var kernelState: UInt8
  /// Connection tracking has told when it was closed or reset.
  var isOver: Bool
  /// Its windows were counted before its end, because the starts that they need were to be forgotten.
  var isSettled: Bool
  /// Its end has been told; the entry waits for the source to forget it too.
  var isEnded: Bool
  /// What the windows held when they were counted.
  var time: WindowTally
  var host: WindowTally
}

/// Lists of connections in the order in which they were last heard of, by how long they may be silent.
///
/// When the table is full, those go first whose end has been told, then those in which one side alone
/// has sent.
enum SilenceList: UInt8 {
  case ended = 0
  case unanswered = 1
  case unansweredUDP = 2
  case unansweredICMP = 3
  case unansweredTold = 4
  /// Of the host's own making.
  case added = 5
  case open = 6
  case closed = 7
  case udp = 8
  case icmp = 9
  case told = 10

  static var count: Int { 11 }
  static var firstAnswered: Int { 6 }

  /// The list of a connection by what its packets say.
  static func of(_ connection: UnsafeMutablePointer<Connection>) -> SilenceList {
    // Some exporters count bytes alone.
    let (packets, bytes) = (connection.pointee.event.packets, connection.pointee.event.bytes)
    let isAnswered = packets.0 | bytes.0 != 0 && packets.1 | bytes.1 != 0
    let number = connection.pointee.event.protocol
    if number == IPProtocol.tcp {
      if isClosed(connection.pointee.originator, connection.pointee.responder) { return .closed }
      return isAnswered ? .open : .unanswered
    }
    if number == IPProtocol.udp { return isAnswered ? .udp : .unansweredUDP }
    return isAnswered ? .icmp : .unansweredICMP
  }
}

/// The ends of a list, the one that was heard of longest ago first.
struct Silence {
  var oldest: UInt32
  var newest: UInt32
  /// How long its connections may be silent; the largest number for ever.
  var limit: UInt64
  /// Those that were heard of longest before this time are known to be gone.
  var goneBefore: UInt64
}
