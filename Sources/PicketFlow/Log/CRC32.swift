import CPicketFlow

/// CRC-32 of ISO 3309, as Ethernet and gzip have it, of `count` bytes, a multiple of four.
@_optimize(speed)
func crc32(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  var i = 0
  while i < count {
    crc = picket_flow_crc(crc ^ bytes.little32(i))
    i &+= 4
  }
  return ~crc
}
