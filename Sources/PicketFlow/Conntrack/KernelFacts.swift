/// What a message of connection tracking says besides the connection's ends, counters and times.
struct KernelFacts {
  /// Whether there was such a message.
  var isTold = false
  /// The TCP state, or 0.
  var state: UInt8 = 0
  /// What the kernel notes of each side of a TCP connection.
  var originatorFlags: UInt8 = 0
  var responderFlags: UInt8 = 0
  var hasCounters = false
  /// Whether it answers a question of the host's: it says what is, not that something has happened.
  var wasAsked = false
  var status: UInt32 = 0
  /// Seconds until the entry would have timed out.
  var secondsLeft: UInt64 = 0

  /// Bits of `enum ip_conntrack_status` of linux/netfilter/nf_conntrack_common.h.
  var isAnswered: Bool { status & (1 &<< 1) != 0 }
  var isAssured: Bool { status & (1 &<< 2) != 0 }
  var isOffloaded: Bool { status & (1 &<< 14 | 1 &<< 15) != 0 }

  /// Whether both sides were ready to send when the kernel first saw the connection: it came in
  /// the middle.
  var isMidway: Bool { state >= KernelTCP.established && state != KernelTCP.close }

  /// When the last packet came if the entry's time-out is the limit: before a time, by as much of it as has
  /// run down.
  func lastPacket(limit: UInt64, before time: UInt64) -> UInt64 {
    // Seconds of 32 bits: the product is below 2^62.
    let left = (secondsLeft & 0xFFFF_FFFF) &* 1_000_000_000
    let silent = limit > left ? limit &- left : 0
    return time > silent ? time &- silent : 0
  }
}

/// The TCP states of linux/netfilter/nf_conntrack_tcp.h that are looked at.
enum KernelTCP {
  static var synSent: UInt8 { 1 }
  static var synReceived: UInt8 { 2 }
  static var established: UInt8 { 3 }
  static var finWait: UInt8 { 4 }
  static var closeWait: UInt8 { 5 }
  static var lastACK: UInt8 { 6 }
  static var timeWait: UInt8 { 7 }
  static var close: UInt8 { 8 }
  /// The flag of a side that has sent a FIN.
  static var hasClosed: UInt8 { 4 }
  /// How long the kernel keeps an established connection of which one side does not answer: its default of
  /// nf_conntrack_tcp_timeout_unacknowledged, and of nf_conntrack_tcp_timeout_max_retrans.
  static var unansweredTimeout: UInt64 { 300_000_000_000 }
}
