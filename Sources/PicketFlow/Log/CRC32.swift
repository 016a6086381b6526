/// CRC-32 of ISO 3309, as Ethernet and gzip have it, bit by bit: a record is short.
func crc32(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  var i = 0
  while i < count {
    crc ^= UInt32(truncatingIfNeeded: bytes.byte(i))
    var bit = 0
    while bit < 8 {
      crc = crc & 1 != 0 ? crc &>> 1 ^ 0xEDB8_8320 : crc &>> 1
      bit &+= 1
    }
    i &+= 1
  }
  return ~crc
}
