/// CRC-32 of IEEE 802.3, four bits at a time: 64 bytes of table instead of a kilobyte, because the
/// archive's size counts for more than the microseconds at open.
struct Checksum {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The CRC of all bytes added so far.
  var value: UInt32 { ~state }

  mutating func add(_ byte: UInt8) {
    state ^= UInt32(byte)
    state = nibbles[(state & 15).int] ^ (state >> 4)
    state = nibbles[(state & 15).int] ^ (state >> 4)
  }

  mutating func add(_ bytes: UnsafeRawPointer, from start: Int, to end: Int) {
    var i = start
    while i < end {
      add(bytes.byte(i))
      i &+= 1
    }
  }
}

private let nibbles: InlineArray<16, UInt32> = [
  0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158,
  0x5005_713C, 0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4,
  0xA00A_E278, 0xBDBD_F21C,
]
