import CPicketFlow

/// What the fields of one flow record say.
///
/// The event's originator is the flow's source.
struct FlowRecord {
  var event = picket_flow_event()
  var hasSource = false
  var hasDestination = false
  /// Uptimes of the first and of the last packet, in milliseconds.
  var first: UInt32 = 0
  var last: UInt32 = 0
  var hasUptimes = false
  /// When the exporter started; 0 if this does not tell.
  var exporterStart: UInt64 = 0

  /// Bytes of a record of NetFlow 5.
  static var size5: Int { 48 }

  init() {}

  /// A record of NetFlow 5.
  init(version5 bytes: UnsafeRawPointer, _ cursor: DatagramCursor) {
    let at = cursor.offset
    event.source = addressBytes(bytes + at, isIPv4: true)
    event.destination = addressBytes(bytes + (at &+ 4), isIPv4: true)
    hasSource = true
    hasDestination = true
    event.packets.0 = picket_flow_wide(bytes.big32(at &+ 16))
    event.bytes.0 = picket_flow_wide(bytes.big32(at &+ 20))
    event.source_port = UInt16(truncatingIfNeeded: bytes.big16(at &+ 32))
    event.destination_port = UInt16(truncatingIfNeeded: bytes.big16(at &+ 34))
    event.tcp_flags.0 = bytes.byte(at &+ 37)
    event.protocol = bytes.byte(at &+ 38)
    event.start_ns = cursor.time(atUptime: bytes.big32(at &+ 24))
    event.end_ns = cursor.time(atUptime: bytes.big32(at &+ 28))
    if isICMP(event.protocol) {
      event.icmp_type = bytes.byte(at &+ 34)
      event.icmp_code = bytes.byte(at &+ 35)
    }
  }

  /// Takes in one field: the elements of RFC 7012, which are those of NetFlow 9 as far as it has them.
  mutating func take(
    _ field: TemplateField, _ bytes: UnsafeRawPointer, at: Int, length: Int, _ sent: UInt64
  ) {
    let number = bytes.big(at, length > 8 ? 8 : length)
    let low = picket_flow_low(number)
    switch field.element {
    case 1, 85, 231: add(field.isReverse, bytes: number)
    case 2, 86, 298: add(field.isReverse, packets: number)
    case 232: event.bytes.1 = number
    case 299: event.packets.1 = number
    case 4: event.protocol = UInt8(truncatingIfNeeded: low)
    case 6:
      let flags = UInt8(truncatingIfNeeded: low)
      if field.isReverse { event.tcp_flags.1 = flags } else { event.tcp_flags.0 = flags }
    case 7: event.source_port = UInt16(truncatingIfNeeded: low)
    case 11: event.destination_port = UInt16(truncatingIfNeeded: low)
    case 8 where length == 4, 27 where length == 16:
      event.source = addressBytes(bytes + at, isIPv4: length == 4)
      hasSource = true
    case 12 where length == 4, 28 where length == 16:
      event.destination = addressBytes(bytes + at, isIPv4: length == 4)
      hasDestination = true
    case 32, 139:
      event.icmp_type = UInt8(truncatingIfNeeded: low &>> 8)
      event.icmp_code = UInt8(truncatingIfNeeded: low)
    case 176, 178: event.icmp_type = UInt8(truncatingIfNeeded: low)
    case 177, 179: event.icmp_code = UInt8(truncatingIfNeeded: low)
    case 160: exporterStart = number &* 1_000_000
    default: if !field.isReverse { takeTime(field.element, number, sent) }
    }
  }

  private mutating func add(_ isReverse: Bool, bytes: UInt64) {
    if isReverse { event.bytes.1 = bytes } else { event.bytes.0 = bytes }
  }

  private mutating func add(_ isReverse: Bool, packets: UInt64) {
    if isReverse { event.packets.1 = packets } else { event.packets.0 = packets }
  }

  /// The elements that tell when a flow started and ended.
  private mutating func takeTime(_ element: Int, _ number: UInt64, _ sent: UInt64) {
    switch element {
    case 21:
      last = picket_flow_low(number)
      hasUptimes = true
    case 22:
      first = picket_flow_low(number)
      hasUptimes = true
    case 150: event.start_ns = seconds(picket_flow_low(number))
    case 151: event.end_ns = seconds(picket_flow_low(number))
    case 152: event.start_ns = number &* 1_000_000
    case 153: event.end_ns = number &* 1_000_000
    case 154, 156: event.start_ns = FlowRecord.networkTime(number)
    case 155, 157: event.end_ns = FlowRecord.networkTime(number)
    // Microseconds before the datagram was sent.
    case 158: event.start_ns = sent &- (number &* 1000)
    case 159: event.end_ns = sent &- (number &* 1000)
    default: break
    }
  }

  /// Nanoseconds since 1970 of a time as NTP has it: seconds since 1900, and parts of 2^32 of one.
  static func networkTime(_ time: UInt64) -> UInt64 {
    let whole = picket_flow_low(time &>> 32) &- 2_208_988_800
    let parts = picket_flow_wide(picket_flow_low(time)) &* 1_000_000_000
    return seconds(whole) &+ parts &>> 32
  }
}
