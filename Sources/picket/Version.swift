import CPicket

/// The version of the command, which is the library's.
enum Version {
  static let text = "\(PICKET_VERSION_MAJOR).\(PICKET_VERSION_MINOR).\(PICKET_VERSION_PATCH)"
  /// How models name what trained them.
  static let trainer = "picket \(text)"
}
