import Glibc
import PicketExport

/// The folder that a command fills, each file whole or not at all.
struct OutputDirectory {
  private let path: String
  /// The folders that were not there, outermost first.
  private var made: [String] = []

  /// Makes the folder, and those above it, if they are not there.
  init(_ path: String) throws(Failure) {
    guard !path.isEmpty else {
      throw Failure("a folder without a name cannot be filled; give one with -o")
    }
    self.path = path
    var end = path.startIndex
    while end != path.endIndex {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      try make(String(path[..<end]))
    }
  }

  /// Removes the folders that were made for nothing: those that are still empty.
  func removeIfEmpty() {
    for folder in made.reversed() where rmdir(folder) != 0 { return }
  }

  private mutating func make(_ folder: String) throws(Failure) {
    if mkdir(folder, 0o755) == 0 { return made.append(folder) }
    if errno == EEXIST && Self.isFolder(folder) { return }
    let failure = Failure(
      "cannot make the folder \(path): \(folder): \(String(cString: strerror(errno))); "
        + "choose another with -o")
    removeIfEmpty()
    throw failure
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if !isFolder { errno = ENOTDIR }
    return isFolder
  }

  /// The path of a file in the folder.
  func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// Refuses, before a long work, what its end would: a folder that takes no files, or has another
  /// where a file is to be.
  func checkRoom(for names: [String]) throws(Failure) {
    if access(path, W_OK | X_OK) != 0 {
      throw Failure(
        "cannot write to the folder \(path): \(String(cString: strerror(errno))); choose another with -o"
      )
    }
    for name in names where Self.isFolder(self.path(of: name)) {
      throw Failure(
        "\(self.path(of: name)): found a folder, expected a place for a file; move it, or choose another "
          + "folder with -o")
    }
  }

  /// Writes a text file.
  func write(_ text: String, to name: String) throws(ExportError) {
    try AtomicFile.write(text.utf8, to: path(of: name))
  }

  /// Writes files that belong together, all of them or none.
  func write(_ files: [(bytes: [UInt8], name: String)]) throws(ExportError) {
    try AtomicFile.write(files.map { ($0.bytes, path(of: $0.name)) })
  }

  /// Keeps the folder from others that would fill it, until the process ends.
  ///
  /// Where the file system has no locks, it is not kept.
  func claim() throws(Failure) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0, flock(folder, LOCK_EX | LOCK_NB) != 0 else { return }
    let isTaken = errno == EWOULDBLOCK
    close(folder)
    if isTaken {
      throw Failure(
        "another picket fills the folder \(path) at this moment; wait for it, or choose another "
          + "with -o")
    }
  }
}
