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
    try write([(Array(bytes), path)])
  }

  /// Writes files that belong together: none is replaced before all are durable, so that a full disk
  /// leaves the older ones, all of them.
  ///
  /// - Parameter files: For each, its content and where it goes, as above.
  /// - Throws: `ExportError` with the path and the system's reason.
  public static func write(_ files: [(bytes: [UInt8], path: String)]) throws(ExportError) {
    var staged: [(partial: PartialFile, path: String)] = []
    var through: [(bytes: [UInt8], path: String)] = []
    var placed = 0
    defer {
      for (partial, _) in staged.dropFirst(placed) { unlink(partial.path) }
      for (partial, _) in staged { close(partial.file) }
    }
    for (bytes, path) in files {
      if let target = try target(of: path) {
        let partial = try PartialFile(of: target.path)
        staged.append((partial, target.path))
        try fill(partial.file, with: bytes, permissions: target.permissions, path)
      } else {
        through.append((bytes, path))
      }
    }
    for (bytes, path) in through { try writeThrough(bytes, to: path) }
    // With nothing else between them: who is killed between two renames leaves files of two writings.
    for (partial, path) in staged {
      guard rename(partial.path, path) == 0 else { throw systemError("rename to", path) }
      placed += 1
    }
    for (_, path) in staged { PartialFile.removeAbandoned(of: path) }
    // The renames themselves are durable once their directories are.
    for folder in Set(staged.map { ($0.path as NSString).deletingLastPathComponent.orCurrent }) {
      let directory = open(folder, O_RDONLY | O_CLOEXEC)
      guard directory >= 0 else { continue }
      fsync(directory)
      close(directory)
    }
  }

  /// The file that is replaced, and the permissions that it has if it is there; nil for what cannot be
  /// replaced.
  private static func target(
    of path: String
  ) throws(ExportError) -> (path: String, permissions: mode_t?)? {
    guard !path.isEmpty else {
      throw ExportError("cannot write to a file without a name; expected a path")
    }
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard isThere || errno == ENOENT else { throw systemError("write", path) }
    let end = end(of: path)
    if isThere, end.isDescriptor || status.st_mode & S_IFMT != S_IFREG { return nil }
    return (end.path, isThere ? status.st_mode & 0o777 : nil)
  }

  private static func fill(
    _ file: Int32, with bytes: [UInt8], permissions: mode_t?, _ path: String
  ) throws(ExportError) {
    if let permissions { fchmod(file, permissions) }
    try write(bytes, into: file, path)
    guard fsync(file) == 0 else { throw systemError("make durable", path) }
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
