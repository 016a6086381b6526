import CPicketFlow

/// Mixes 64 bits so that each depends on all: the finalizer of SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014).
@inline(__always)
func mixed(_ bits: UInt64) -> UInt64 {
  var x = bits
  x = (x ^ (x &>> 30)) &* 0xBF58_476D_1CE4_E5B9
  x = (x ^ (x &>> 27)) &* 0x94D0_49BB_1331_11EB
  return x ^ (x &>> 31)
}

/// An address as two words in memory order: for comparing and hashing alone.
struct Address: Equatable {
  var first: UInt64
  var second: UInt64

  @inline(__always)
  static func == (a: Address, b: Address) -> Bool {
    a.first == b.first && a.second == b.second
  }

  @inline(__always)
  func hash(_ seed: UInt64) -> UInt64 {
    mixed(mixed(first ^ seed) &+ second)
  }
}

/// The sixteen bytes of an address as a C struct has them.
typealias AddressBytes = (
  UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8,
  UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
)

let noAddress: AddressBytes = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

@inline(__always)
func address(_ bytes: AddressBytes) -> Address {
  unsafeBitCast(bytes, to: Address.self)
}

/// Sixteen bytes of IPv6, or four of IPv4 behind `::ffff:`.
func addressBytes(_ from: UnsafeRawPointer, isIPv4: Bool) -> AddressBytes {
  if !isIPv4 { return from.loadUnaligned(as: AddressBytes.self) }
  return (
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF,
    from.byte(0), from.byte(1), from.byte(2), from.byte(3)
  )
}
