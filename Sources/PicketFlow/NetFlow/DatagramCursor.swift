import CPicketFlow

/// How far a datagram has been read, and what its header said.
struct DatagramCursor {
  /// The next message, set or record.
  var offset: Int
  /// Where the set that is being read ends.
  var setEnd: Int
  /// Where the datagram ends, by its own length.
  var end: Int
  var version: DatagramVersion
  /// The template of the set that is being read, or nobody.
  var template: UInt32
  var domain: UInt32
  /// When the datagram was sent.
  var sent: UInt64
  /// Milliseconds that the exporter had been up then; not of IPFIX.
  var uptime: UInt32

  init(version: DatagramVersion, offset: Int, end: Int) {
    self.offset = offset
    setEnd = offset
    self.end = end
    self.version = version
    template = nobody
    domain = 0
    sent = 0
    uptime = 0
  }

  /// When something happened that the exporter dates by its uptime.
  ///
  /// The uptime starts again after 49 days, so it is the age that counts: of 31 bits, and an age
  /// below nothing is none.
  func time(atUptime milliseconds: UInt32) -> UInt64 {
    let age = uptime &- milliseconds
    return age > 0x7FFF_FFFF ? sent : sent &- picket_flow_wide(age) &* 1_000_000
  }
}

enum DatagramVersion: UInt8 {
  /// Nothing of the datagram has been read.
  case unread
  case five
  case nine
  case ipfix
}

extension DatagramCursor {
  /// Reads the header of a datagram.
  ///
  /// - Returns: Whether it is of a version that is read, and not cut short.
  mutating func readHeader(_ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
    guard size >= 16 else { return false }
    switch bytes.big16(0) {
    case 5: return readHeader5(bytes, size)
    case 9:
      guard size >= 20 else { return false }
      self = DatagramCursor(version: .nine, offset: 20, end: size)
      uptime = bytes.big32(4)
      sent = seconds(bytes.big32(8))
      domain = bytes.big32(16)
    case 10:
      let told = bytes.big16(2).int
      guard told >= 16, told <= size else { return false }
      self = DatagramCursor(version: .ipfix, offset: 16, end: told)
      sent = seconds(bytes.big32(4))
      domain = bytes.big32(12)
    default: return false
    }
    return true
  }

  private mutating func readHeader5(_ bytes: UnsafeRawPointer, _ size: Int) -> Bool {
    let end = 24 &+ bytes.big16(2).int &* FlowRecord.size5
    guard size >= 24, size >= end else { return false }
    self = DatagramCursor(version: .five, offset: 24, end: end)
    uptime = bytes.big32(4)
    sent = seconds(bytes.big32(8)) &+ picket_flow_wide(bytes.big32(12))
    return true
  }
}

/// Seconds as nanoseconds.
func seconds(_ number: UInt32) -> UInt64 {
  picket_flow_wide(number) &* 1_000_000_000
}
