import Foundation

/// Files that are there whole or not at all.
public enum AtomicFile {
  /// Writes bytes to a file of another name, makes them durable, and renames it.
  ///
  /// What killed writers left of such files goes. A symbolic link stays, and what it leads to is
  /// replaced. Devices, pipes and open descriptors, such as /dev/stdout, cannot be replaced: the bytes
  /// are written into them.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - path: Where it goes; an older file there is replaced, and its permissions are kept.
  /// - Throws: `ExportError` with the path and the system's reason; no file is left half-written.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(ExportError) {
    guard !path.isEmpty else {
      throw ExportError("cannot write to a file without a name; expected a path")
    }
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard isThere || errno == ENOENT else { throw systemError("write", path) }
    let end = end(of: path)
    if isThere, end.isDescriptor || status.st_mode & S_IFMT != S_IFREG {
      return try writeThrough(Array(bytes), to: path)
    }
    try replace(
      end.path, with: Array(bytes), permissions: isThere ? status.st_mode & 0o777 : nil)
  }

  private static func replace(
    _ path: String, with bytes: [UInt8], permissions: mode_t?
  ) throws(ExportError) {
    let partial = try PartialFile(of: path)
    defer { close(partial.file) }
    do throws(ExportError) {
      if let permissions { fchmod(partial.file, permissions) }
      try write(bytes, into: partial.file, path)
      guard fsync(partial.file) == 0 else { throw systemError("make durable", path) }
      guard rename(partial.path, path) == 0 else { throw systemError("rename to", path) }
    } catch {
      unlink(partial.path)
      throw error
    }
    PartialFile.removeAbandoned(of: path)
    // The rename itself is durable once its directory is.
    let directory = open((path as NSString).deletingLastPathComponent.orCurrent, O_RDONLY)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Where a path leads through symbolic links, the last of which may lead to nothing yet; and whether on
  /// the way it names a descriptor of a process, whose file others write to as well.
  private static func end(of path: String) -> (path: String, isDescriptor: Bool) {
    var path = path
    var isDescriptor = false
    while let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      isDescriptor = isDescriptor || path.hasPrefix("/proc/") || path.hasPrefix("/dev/")
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = next.hasPrefix("/") ? next : folder + next
    }
    return (path, isDescriptor)
  }

  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(ExportError) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw systemError("open", path) }
    defer { close(file) }
    try write(bytes, into: file, path)
  }

  private static func write(
    _ bytes: [UInt8], into file: Int32, _ path: String
  ) throws(ExportError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return Foundation.write(file, start + written, bytes.count - written)
      }
      guard count > 0 || (count < 0 && errno == EINTR) else { throw systemError("write", path) }
      written += max(count, 0)
    }
  }

  private static func systemError(_ verb: String, _ path: String) -> ExportError {
    ExportError("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}

extension String {
  fileprivate var orCurrent: String { isEmpty ? "." : self }
}
