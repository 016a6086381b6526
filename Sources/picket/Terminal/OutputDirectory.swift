import Foundation
import PicketExport

/// The folder that a command fills, each file whole or not at all.
struct OutputDirectory {
  let path: String

  /// Makes the folder, and those above it, if they are not there.
  init(_ path: String) throws(Failure) {
    self.path = path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot create the folder \(path): \(Self.reason(error)); choose another with -o")
    }
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

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let posix = underlying, posix.domain == NSPOSIXErrorDomain else {
      return error.localizedDescription
    }
    return String(cString: strerror(Int32(posix.code)))
  }
}
