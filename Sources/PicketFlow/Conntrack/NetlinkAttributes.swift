/// The attributes of a netlink message, or of an attribute that holds others, one after the other.
struct NetlinkAttributes {
  private let bytes: UnsafeRawPointer
  private var at: Int
  private let end: Int
  /// Whether an attribute was longer than what holds it.
  private(set) var isMalformed = false

  init(_ bytes: UnsafeRawPointer, from: Int, to: Int) {
    self.bytes = bytes
    at = from
    end = to
  }

  /// The next attribute; nil behind the last, and behind the first that is malformed.
  mutating func next() -> NetlinkAttribute? {
    guard end &- at >= 4 else { return nil }
    let length = bytes.native16(at)
    guard length >= 4, length <= end &- at else {
      isMalformed = true
      return nil
    }
    // The two highest bits say "holds others" and "in network order".
    let attribute = NetlinkAttribute(
      bytes: bytes, type: bytes.native16(at &+ 2) & 0x3FFF, start: at &+ 4, end: at &+ length)
    at &+= (length &+ 3) & ~3
    return attribute
  }
}

/// One attribute of a netlink message.
struct NetlinkAttribute {
  private let bytes: UnsafeRawPointer
  let type: Int
  private let start: Int
  private let end: Int

  init(bytes: UnsafeRawPointer, type: Int, start: Int, end: Int) {
    self.bytes = bytes
    self.type = type
    self.start = start
    self.end = end
  }

  /// The attributes that it holds.
  var inner: NetlinkAttributes { NetlinkAttributes(bytes, from: start, to: end) }

  /// Its number in network order, of as many bytes as it has up to eight; 0 if there are none.
  var number: UInt64 { bytes.big(start, end &- start > 8 ? 8 : end &- start) }

  /// Its first byte; 0 if there is none.
  var byte: UInt8 { end > start ? bytes.byte(start) : 0 }

  /// Its address, if it has the bytes of one.
  func address(isIPv4: Bool) -> AddressBytes? {
    end &- start == (isIPv4 ? 4 : 16) ? addressBytes(bytes + start, isIPv4: isIPv4) : nil
  }
}
