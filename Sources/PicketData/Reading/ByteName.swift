/// A name that equals another one byte for byte only, as in model files and in the C library.
///
/// Swift's strings are equal when they mean the same characters: `é` may be one scalar or two.
public struct ByteName: Hashable, Comparable, Sendable {
  /// The name.
  public let text: String

  /// Takes a name as it is written.
  public init(_ text: String) { self.text = text }

  /// Whether the bytes are the same.
  public static func == (one: ByteName, other: ByteName) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  /// Whether a name's bytes come first.
  public static func < (one: ByteName, other: ByteName) -> Bool {
    one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
