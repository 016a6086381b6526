import CPicket

/// A model file that was refused: which numbered check of `export/FORMAT.md` failed.
///
/// A struct, not an enum: a payload-free error enum would pull hashing and a random seed into the
/// archive.
public struct FormatError: Error {
  /// The number of the reader check, from 1 to 58.
  public let check: UInt32

  /// The `PICKET_E_` status that goes with it.
  public let status: Int32
}

/// Throws the given check unless the condition holds.
@inline(__always)
func require(_ holds: Bool, _ check: UInt32, _ status: Int) throws(FormatError) {
  guard holds else {
    throw FormatError(check: check, status: Int32(truncatingIfNeeded: status))
  }
}
