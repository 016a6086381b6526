import CPicketFlow

/// Text of which the bytes that fit are stored, and all are counted and hashed.
struct SpecificationText {
  private let bytes: UnsafeMutablePointer<CChar>?
  private let size: Int
  /// Bytes so far, without a NUL.
  private(set) var length = 0
  /// FNV-1a (Fowler, Noll, Vo) of them.
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int) {
    self.bytes = bytes
    self.size = size
  }

  mutating func append(byte: UInt8) {
    if let bytes, length < size { bytes[length] = CChar(truncatingIfNeeded: byte) }
    length &+= 1
    hash = (hash ^ picket_flow_wide(UInt32(byte))) &* 0x100_0000_01B3
  }

  /// Ends the text, if it fits.
  func close() {
    if let bytes, length < size { bytes[length] = 0 }
  }

  /// Inlined, so that the compiler sees that the string is not a single character, and does not trap.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(bytes: text.utf8Start)
  }

  private mutating func append(bytes: UnsafePointer<UInt8>) {
    var at = bytes
    while at.pointee != 0 {
      append(byte: at.pointee)
      at += 1
    }
  }

  mutating func append(name: UnsafePointer<CChar>) {
    append(byte: 0x20)
    var at = name
    while at.pointee != 0 {
      append(byte: UInt8(truncatingIfNeeded: at.pointee))
      at += 1
    }
  }

  /// Appends a number in decimal digits, by subtraction: 64 bits are divided by a call on 32-bit
  /// machines.
  mutating func append(decimal number: UInt64) {
    var rest = number
    var hasBegun = false
    var place = 19
    while place >= 0 {
      let weight = powerOfTen(place)
      var digit: UInt8 = 0
      while rest >= weight {
        rest &-= weight
        digit &+= 1
      }
      hasBegun = hasBegun || digit != 0 || place == 0
      if hasBegun { append(byte: 0x30 &+ digit) }
      place &-= 1
    }
  }

  private func powerOfTen(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    var left = exponent
    while left > 0 {
      power &*= 10
      left &-= 1
    }
    return power
  }
}
