import Foundation
import PicketData
import PicketExport

/// What the columns are, and where that is said.
struct ChosenSchema {
  let schema: Schema
  private let file: SourceFile?

  /// One that is built in, or a guess.
  init(_ schema: Schema) {
    self.schema = schema
    file = nil
  }

  /// One that somebody wrote.
  init(_ file: SourceFile) throws(DataError) {
    schema = try Schema(file)
    self.file = file
  }

  /// The file as a setting; nil if what it says is built in, or there is none.
  var settings: JSONValue? {
    schema == Schema.builtIn(named: schema.name) ? nil : file?.tree()
  }

  /// What is left beside the model: a file as it is, remarks and all, so that it may lie in the very
  /// folder that is filled.
  var toml: [UInt8] { file?.contents ?? Array(schema.toml.utf8) }

  /// Refuses to replace a schema that no training left in a folder: it is somebody's work.
  func checkRoom(in directory: OutputDirectory) throws(Failure) {
    let path = directory.path(of: RunFiles.schema)
    var status = stat()
    // A pipe holds nothing, and whoever reads it waits.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let there = FileManager.default.contents(atPath: path), Array(there) != toml,
      !FileManager.default.fileExists(atPath: directory.path(of: RunFiles.trained))
    else { return }
    throw Failure(
      "\(path): found a schema that no training left there; expected none, for the training writes "
        + "its own; learn by it with --schema \(path), move it, or choose another folder with -o")
  }
}
