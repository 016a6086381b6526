import CZlib

/// Unpacks gzip files, all members of them, refusing whatever is damaged.
enum Gzip {
  /// The file's text: unpacked if it begins as a gzip member does, else as it is.
  static func text(of raw: FileBytes, file: String) throws(DataError) -> FileBytes {
    isMember(raw, at: 0) ? try unpack(raw, file: file) : raw
  }

  private static func isMember(_ bytes: FileBytes, at start: Int) -> Bool {
    bytes.count >= start + 2 && bytes.base[start] == 0x1F && bytes.base[start + 1] == 0x8B
  }

  /// Unpacks every member, one after the other.
  ///
  /// - Parameters:
  ///   - packed: The file as read.
  ///   - file: Its name, for messages.
  /// - Returns: The unpacked bytes, sealed.
  /// - Throws: `DataError` when the file is cut short, damaged, or followed by something else.
  private static func unpack(_ packed: FileBytes, file: String) throws(DataError) -> FileBytes {
    var stream = z_stream()
    let windowBits: Int32 = 15 + 16  // 16 asks for the gzip wrapper and its checksum.
    guard
      inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw failure(file, "no memory to unpack it", "run with more memory") }
    defer { inflateEnd(&stream) }

    let unpacked = FileBytes(capacity: guessedSize(packed))
    var consumed = 0
    while true {
      if unpacked.room.count == 0 { unpacked.grow(to: 2 * unpacked.count) }
      let room = unpacked.room
      let given = min(packed.count - consumed, Int(UInt32.max))
      let offered = min(room.count, Int(UInt32.max))
      stream.next_in = packed.base + consumed
      stream.avail_in = UInt32(given)
      stream.next_out = room.baseAddress
      stream.avail_out = UInt32(offered)
      let status = inflate(&stream, Z_NO_FLUSH)
      consumed += given - Int(stream.avail_in)
      unpacked.append(written: offered - Int(stream.avail_out))

      if status == Z_STREAM_END {
        if consumed == packed.count { break }
        guard isMember(packed, at: consumed) else {
          throw failure(
            file, "\(packed.count - consumed) bytes that are not gzip after the compressed data",
            "compress the file again, or cut it at byte \(consumed)")
        }
        inflateReset(&stream)
      } else if status == Z_BUF_ERROR || status == Z_OK, consumed == packed.count,
        unpacked.room.count > 0
      {
        throw failure(
          file, "the end of the file after \(unpacked.count) unpacked bytes",
          "the file is cut short: fetch it again")
      } else if status != Z_OK && status != Z_BUF_ERROR {
        let reason = stream.msg.map { String(cString: $0) } ?? "zlib status \(status)"
        throw failure(
          file, "damaged data at compressed byte \(consumed) (\(reason))", "fetch the file again")
      }
    }
    unpacked.seal()
    return unpacked
  }

  /// The size the last member states, within what deflate can reach (1 to 1,032).
  private static func guessedSize(_ packed: FileBytes) -> Int {
    guard packed.count >= 18 else { return 4096 }
    var stated = 0
    for index in 1...4 { stated = stated << 8 | Int(packed.base[packed.count - index]) }
    return max(4096, min(stated, packed.count * 1032)) + 1
  }

  private static func failure(_ file: String, _ found: String, _ advice: String) -> DataError {
    DataError(file: file, found: found, expected: "a complete gzip file", advice: advice)
  }
}
