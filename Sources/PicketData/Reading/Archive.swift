import CArchive

/// Reads the files of an archive, such as a `.tar.xz`, with libarchive.
enum Archive {
  /// The regular files, by path, ascending.
  ///
  /// - Throws: `DataError` when the file cannot be read, is damaged, or holds no file.
  static func files(path: String) throws(DataError) -> [(name: String, bytes: [UInt8])] {
    guard let archive = archive_read_new() else { throw failure(path, "no memory to read it") }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    archive_read_support_format_tar(archive)
    guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
      throw failure(path, reason(archive))
    }
    var files: [(name: String, bytes: [UInt8])] = []
    var entry: OpaquePointer?
    while true {
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK, let entry, let name = archive_entry_pathname(entry) else {
        throw failure(path, reason(archive))
      }
      guard archive_entry_filetype(entry) == regularFile else { continue }
      files.append((String(cString: name), try contents(of: archive, path)))
    }
    guard !files.isEmpty else { throw failure(path, "an archive without files") }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// `AE_IFREG`, a macro with a cast that is not imported.
  private static let regularFile: mode_t = 0o100_000

  private static func contents(
    of archive: OpaquePointer, _ path: String
  ) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(archive, &piece, piece.count)
      if count == 0 { return bytes }
      guard count > 0 else { throw failure(path, reason(archive)) }
      bytes += piece[..<count]
    }
  }

  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "damaged data"
  }

  private static func failure(_ path: String, _ found: String) -> DataError {
    DataError(
      file: path, found: found, expected: "a complete tar archive, packed or not",
      advice: "fetch the file again")
  }
}
