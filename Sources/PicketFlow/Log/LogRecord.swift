import CPicketFlow

/// An event as 128 bytes, the same on every machine; numbers have their least significant byte first.
///
///      0  "PFL1"           64  packets, 2       117  protocol
///      4  CRC-32 of 8-127  80  source           118  flag
///      8  id               96  destination      119  reason
///     16  start_ns        112  source_port      120  tcp_flags, 2
///     24  end_ns          114  destination_port 122  icmp_type, icmp_code
///     32  bytes, 2        116  kind             124  notes
///     48  payload, 2                            125  0, 0, 0
enum LogRecord {
  /// "PFL1": the last character is the version.
  private static var mark: UInt32 { 0x314C_4650 }
  private static var size: Int { 128 }
  private static var body: Int { 8 }

  static func write(_ event: picket_flow_event, to out: UnsafeMutableRawPointer) {
    out.storeLittle32(mark, 0)
    out.storeLittle64(event.id, 8)
    out.storeLittle64(event.start_ns, 16)
    out.storeLittle64(event.end_ns, 24)
    out.storeLittle64(event.bytes.0, 32)
    out.storeLittle64(event.bytes.1, 40)
    out.storeLittle64(event.payload.0, 48)
    out.storeLittle64(event.payload.1, 56)
    out.storeLittle64(event.packets.0, 64)
    out.storeLittle64(event.packets.1, 72)
    out.storeBytes(of: event.source, toByteOffset: 80, as: AddressBytes.self)
    out.storeBytes(of: event.destination, toByteOffset: 96, as: AddressBytes.self)
    out.storeLittle32(
      UInt32(event.destination_port) &<< 16 | UInt32(event.source_port), 112)
    out.storeLittle32(
      word(event.kind, event.protocol, event.flag, event.reason), 116)
    out.storeLittle32(
      word(event.tcp_flags.0, event.tcp_flags.1, event.icmp_type, event.icmp_code), 120)
    out.storeLittle32(word(event.notes, 0, 0, 0), 124)
    out.storeLittle32(crc32(out + body, size &- body), 4)
  }

  /// Whether bytes begin as a record does.
  static func isMarked(_ bytes: UnsafeRawPointer) -> Bool {
    bytes.little32(0) == mark
  }

  /// Whether a record is as it was written.
  static func isWhole(_ bytes: UnsafeRawPointer) -> Bool {
    bytes.little32(4) == crc32(bytes + body, size &- body)
  }

  static func read(_ bytes: UnsafeRawPointer) -> picket_flow_event {
    var event = picket_flow_event()
    event.id = bytes.little64(8)
    event.start_ns = bytes.little64(16)
    event.end_ns = bytes.little64(24)
    event.bytes = (bytes.little64(32), bytes.little64(40))
    event.payload = (bytes.little64(48), bytes.little64(56))
    event.packets = (bytes.little64(64), bytes.little64(72))
    event.source = addressBytes(bytes + 80, isIPv4: false)
    event.destination = addressBytes(bytes + 96, isIPv4: false)
    let ports = bytes.little32(112)
    event.source_port = UInt16(truncatingIfNeeded: ports)
    event.destination_port = UInt16(truncatingIfNeeded: ports &>> 16)
    event.kind = bytes.byte(116)
    event.protocol = bytes.byte(117)
    event.flag = bytes.byte(118)
    event.reason = bytes.byte(119)
    event.tcp_flags = (bytes.byte(120), bytes.byte(121))
    event.icmp_type = bytes.byte(122)
    event.icmp_code = bytes.byte(123)
    event.notes = bytes.byte(124)
    return event
  }

  private static func word(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(d) &<< 24 | UInt32(c) &<< 16 | UInt32(b) &<< 8 | UInt32(a)
  }
}
