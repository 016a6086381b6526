/// The checksum of a file: CRC-32 of IEEE 802.3, with the four bytes of itself taken as zero.
///
/// Four bits at a time: 64 bytes of table instead of a kilobyte, because the archive's size counts
/// for more than the microseconds at open.
///
/// - Parameters:
///   - bytes: The file.
///   - size: How many bytes it has.
///   - own: Where the checksum itself stands.
@_optimize(size)
func checksum(_ bytes: UnsafeRawPointer, size: Int, own: Int) -> UInt32 {
  var state: UInt32 = 0xFFFF_FFFF
  var i = 0
  while i < size {
    let isOwn = i >= own && i < own &+ 4
    state ^= isOwn ? 0 : UInt32(bytes.byte(i))
    state = nibbles[(state & 15).int] ^ (state >> 4)
    state = nibbles[(state & 15).int] ^ (state >> 4)
    i &+= 1
  }
  return ~state
}

private let nibbles: InlineArray<16, UInt32> = [
  0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158,
  0x5005_713C, 0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4,
  0xA00A_E278, 0xBDBD_F21C,
]
