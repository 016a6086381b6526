import Glibc

/// The bytes of a file, followed by a newline and zeros that readers may run into.
///
/// The padding lets the scanning loops stop at a byte they look for anyway, without comparing
/// each position with the end.
final class FileBytes: @unchecked Sendable {
  /// How many readable bytes follow the last one of the file.
  static let padding = 16

  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  /// Makes an empty buffer.
  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + FileBytes.padding)
    seal()
  }

  /// Copies bytes that are already in memory.
  convenience init(_ bytes: [UInt8]) {
    self.init(capacity: bytes.count)
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: source.count) }
    }
    count = bytes.count
    seal()
  }

  /// Reads a whole file.
  convenience init(path: String) throws(DataError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileBytes.failure(path, "\(String(cString: strerror(errno))) on opening it")
    }
    defer { close(descriptor) }
    var status = stat()
    let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    self.init(capacity: max(size, 4096) + 1)
    while true {
      if count == capacity { grow(to: 2 * capacity) }
      let got = read(descriptor, base + count, capacity - count)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw FileBytes.failure(path, "\(String(cString: strerror(errno))) on reading it")
      }
      count += got
    }
    seal()
  }

  deinit { base.deallocate() }

  /// Lends the file's bytes, without the padding, for the time of one call.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// The SHA-256 of the bytes, in hexadecimal.
  var sha256: String { withBytes(sha256Hex) }

  /// Whether the bytes are UTF-8, as text.
  var utf8Text: String? { withBytes { String(validating: $0, as: UTF8.self) } }

  /// The writable room after the last byte.
  var room: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: base + count, count: capacity - count)
  }

  /// Takes over bytes that were written into `room`.
  func append(written: Int) {
    count += written
  }

  /// Makes room for at least `wanted` bytes in all.
  func grow(to wanted: Int) {
    guard wanted > capacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + FileBytes.padding)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }

  /// Writes the padding after the last byte; call it when the bytes are complete.
  func seal() {
    base[count] = UInt8(ascii: "\n")
    for offset in 1..<FileBytes.padding { base[count + offset] = 0 }
  }

  private static func failure(_ path: String, _ found: String) -> DataError {
    DataError(
      file: path, found: found, expected: "a readable file",
      advice: path == "-"
        ? "give /dev/stdin to read a pipe" : "check the path and its permissions")
  }
}
