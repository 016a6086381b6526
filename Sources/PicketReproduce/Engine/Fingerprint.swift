import Foundation

/// A short number for a long text or file, to tell one from another: FNV-1a, 64 bits.
package struct Fingerprint {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Nothing was added yet.
  package init() {}

  /// Adds bytes.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // What was added ends here, so that "ab" + "c" is not "a" + "bc".
    hash = (hash ^ 0xFF) &* 0x100_0000_01B3
  }

  /// Adds a file's bytes; nothing when it cannot be read.
  package mutating func add(file path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    data.withUnsafeBytes { add($0) }
  }

  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
