/// The lines of a file, plain or gzipped, as C programs read them: each ends behind a line feed, the
/// last one may end with the file, and what they hold is any bytes.
public struct TextLines: Sendable {
  /// The file's path, for messages.
  public let file: String
  private let bytes: FileBytes

  /// Reads a file.
  ///
  /// - Throws: `DataError` when it cannot be read, or unpacked.
  public init(path: String) throws(DataError) {
    file = path
    bytes = try Gzip.text(of: FileBytes(path: path), file: path)
  }

  /// Lends one line after the other, with what ends it.
  ///
  /// - Parameter body: Takes a line, and says whether it wants the next one.
  public func forEach<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Bool
  ) throws(Failure) {
    try bytes.withBytes { all throws(Failure) in
      var rest = all[...]
      while !rest.isEmpty {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
        guard try body(UnsafeBufferPointer(rebasing: rest[..<end])) else { return }
        rest = rest[end...]
      }
    }
  }
}
