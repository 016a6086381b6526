import Foundation

/// Files that are there whole or not at all.
public enum AtomicFile {
  /// Writes bytes to a file of another name, makes them durable, and renames it.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - path: Where it goes; an older file there is replaced.
  /// - Throws: `ExportError` with the path and the system's reason; no file is left half-written.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(ExportError) {
    let partial = path + ".partial"
    do throws(ExportError) {
      try writeDurably(Array(bytes), to: partial)
      guard rename(partial, path) == 0 else { throw systemError("rename to", path) }
    } catch {
      unlink(partial)
      throw error
    }
    // The rename itself is durable once its directory is.
    let directory = open((path as NSString).deletingLastPathComponent.orCurrent, O_RDONLY)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  private static func writeDurably(_ bytes: [UInt8], to path: String) throws(ExportError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw systemError("create", path) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return Foundation.write(file, start + written, bytes.count - written)
      }
      guard count > 0 || (count < 0 && errno == EINTR) else { throw systemError("write", path) }
      written += max(count, 0)
    }
    guard fsync(file) == 0 else { throw systemError("make durable", path) }
  }

  private static func systemError(_ verb: String, _ path: String) -> ExportError {
    ExportError("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}

extension String {
  fileprivate var orCurrent: String { isEmpty ? "." : self }
}
