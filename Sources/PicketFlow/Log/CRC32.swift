import CPicketFlow

/// CRC-32 of ISO 3309, as Ethernet and gzip have it, four bits at a time.
func crc32(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  var i = 0
  while i < count {
    crc ^= UInt32(truncatingIfNeeded: bytes.byte(i))
    crc = crc &>> 4 ^ picket_flow_crc(crc)
    crc = crc &>> 4 ^ picket_flow_crc(crc)
    i &+= 1
  }
  return ~crc
}
