import Glibc
import PicketExport

/// The folder that a command fills, each file whole or not at all.
struct OutputDirectory {
  private let path: String

  /// Makes the folder, and those above it, if they are not there.
  init(_ path: String) throws(Failure) {
    guard !path.isEmpty else {
      throw Failure("a folder without a name cannot be filled; give one with -o")
    }
    self.path = path
    var end = path.startIndex
    while end != path.endIndex {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      try Self.make(String(path[..<end]), for: path)
    }
  }

  private static func make(_ folder: String, for path: String) throws(Failure) {
    if mkdir(folder, 0o755) == 0 || errno == EEXIST && isFolder(folder) { return }
    throw Failure(
      "cannot make the folder \(path): \(folder): \(String(cString: strerror(errno))); "
        + "choose another with -o")
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if !isFolder { errno = ENOTDIR }
    return isFolder
  }

  /// The path of a file in the folder.
  func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// Writes a text file.
  func write(_ text: String, to name: String) throws(ExportError) {
    try AtomicFile.write(text.utf8, to: path(of: name))
  }

  /// Writes a file of bytes.
  func write(_ bytes: [UInt8], to name: String) throws(ExportError) {
    try AtomicFile.write(bytes, to: path(of: name))
  }
}
