/// A file that decides a result, read once: what is made of it and its hash are of the same bytes.
public struct SourceFile: Sendable {
  /// Where it is.
  public let path: String
  let bytes: FileBytes

  /// Reads a file.
  ///
  /// - Throws: `DataError` when it cannot be read.
  public init(path: String) throws(DataError) {
    self.path = path
    bytes = try FileBytes(path: path)
  }

  /// Its bytes.
  public var contents: [UInt8] { bytes.withBytes { Array($0) } }

  /// Its name, without directories.
  public var name: String { path.fileName }

  /// The SHA-256 of its bytes, in hexadecimal.
  public var sha256: String { bytes.sha256 }

  /// Its text.
  ///
  /// - Throws: `DataError` that says what was expected, when the bytes are not UTF-8.
  func text(expected: String, advice: String) throws(DataError) -> String {
    guard let text = bytes.utf8Text else {
      throw DataError(
        file: path, found: "bytes that are not UTF-8", expected: expected, advice: advice)
    }
    return text
  }
}
