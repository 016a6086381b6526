import CPicket

/// A model file that was refused: which numbered check of `export/FORMAT.md` failed.
///
/// A struct, not an enum: a payload-free error enum would pull hashing and a random seed into the
/// archive.
public struct FormatError: Error {
  /// Both numbers in one word, which every check of the archive loads as a constant.
  private let code: UInt32

  @inline(__always)
  init(check: UInt32, status: Int) {
    code = check | UInt32(truncatingIfNeeded: 0 &- status) &<< 8
  }

  /// The number of the reader check, from 1 to 60.
  public var check: UInt32 { code & 0xFF }

  /// The `PICKET_E_` status that goes with it.
  public var status: Int32 { 0 &- Int32(truncatingIfNeeded: code &>> 8) }
}

/// Throws the given check unless the condition holds.
@inline(__always)
func require(_ holds: Bool, _ check: UInt32, _ status: Int) throws(FormatError) {
  guard holds else {
    throw FormatError(check: check, status: status)
  }
}
