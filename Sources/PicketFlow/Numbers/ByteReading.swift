import CPicketFlow

/// Reads of numbers at offsets that the caller has checked, on any boundary.
extension UnsafeRawPointer {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    load(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  private func part(_ offset: Int) -> UInt32 {
    UInt32(byte(offset))
  }

  /// Two bytes in network order.
  @inline(__always)
  func big16(_ offset: Int) -> UInt32 {
    part(offset) &<< 8 | part(offset &+ 1)
  }

  /// Four bytes in network order.
  @inline(__always)
  func big32(_ offset: Int) -> UInt32 {
    big16(offset) &<< 16 | big16(offset &+ 2)
  }

  /// One to eight bytes in network order; of more, the last eight.
  func big(_ offset: Int, _ length: Int) -> UInt64 {
    var number: UInt64 = 0
    var i = 0
    while i < length {
      number = number &<< 8 | picket_flow_wide(part(offset &+ i))
      i &+= 1
    }
    return number
  }

  /// Four bytes, the least significant first.
  @inline(__always)
  func little32(_ offset: Int) -> UInt32 {
    part(offset &+ 3) &<< 24 | part(offset &+ 2) &<< 16 | part(offset &+ 1) &<< 8 | part(offset)
  }

  /// Eight bytes, the least significant first.
  @inline(__always)
  func little64(_ offset: Int) -> UInt64 {
    picket_flow_wide(little32(offset &+ 4)) &<< 32 | picket_flow_wide(little32(offset))
  }

  /// Two bytes in the order of this machine, as netlink has its headers.
  @inline(__always)
  func native16(_ offset: Int) -> Int {
    Int(truncatingIfNeeded: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// Four bytes in the order of this machine.
  @inline(__always)
  func native32(_ offset: Int) -> UInt32 {
    loadUnaligned(fromByteOffset: offset, as: UInt32.self)
  }
}

extension UnsafeMutableRawPointer {
  /// Stores four bytes, the least significant first.
  func storeLittle32(_ number: UInt32, _ offset: Int) {
    var rest = number
    var i = 0
    while i < 4 {
      storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: offset &+ i, as: UInt8.self)
      rest &>>= 8
      i &+= 1
    }
  }

  /// Stores eight bytes, the least significant first.
  func storeLittle64(_ number: UInt64, _ offset: Int) {
    storeLittle32(picket_flow_low(number), offset)
    storeLittle32(picket_flow_low(number &>> 32), offset &+ 4)
  }
}

extension UInt32 {
  /// The same number as an `Int`, without the trap that `Int(self)` carries on 32-bit machines.
  @inline(__always)
  var int: Int { Int(truncatingIfNeeded: self) }
}

extension Int {
  /// The size of a packet in 64 bits, likewise.
  @inline(__always)
  var wide: UInt64 { picket_flow_wide(UInt32(truncatingIfNeeded: self)) }
}
