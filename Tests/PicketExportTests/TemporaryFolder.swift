import Foundation

/// A folder for the files of one test, which removes it.
struct TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/picket-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
