import CPicket

/// The flags of a score in words.
enum Flags {
  private static let all = [
    (UInt32(PICKET_FLAG_UNKNOWN_CATEGORY), "unknown"), (UInt32(PICKET_FLAG_OUT_OF_RANGE), "range"),
    (UInt32(PICKET_FLAG_BEYOND_TABLE), "beyond"),
  ]

  static func names(_ flags: UInt32) -> [String] {
    flags == 0 ? [] : all.filter { flags & $0.0 != 0 }.map(\.1)
  }
}
