/// A small number that is not negative, rounded, as an index.
///
/// Adding 2^23 rounds to an integer and leaves it in the fraction bits; nothing can trap.
@inline(__always)
func categoryNumber(_ x: Float) -> Int {
  ((x + 8_388_608).bitPattern & 0x7F_FFFF).int
}
