import ArgumentParser
import Foundation
import PicketExport

/// Where a model is: a file, or the folder that `picket train` filled.
struct ModelPath: ExpressibleByArgument {
  let argument: String

  init(argument: String) { self.argument = argument }

  /// The model file.
  var file: String { isDirectory ? argument + "/" + RunFiles.model : argument }

  /// The schema that the training left beside the model, if it is there.
  var schemaFile: String? {
    let directory = isDirectory ? argument : (argument as NSString).deletingLastPathComponent
    let file = (directory.isEmpty ? "." : directory) + "/" + RunFiles.schema
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }

  /// Opens the model.
  func load() throws(ExportError) -> LoadedModel { try LoadedModel(path: file) }

  private var isDirectory: Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: argument, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}

/// The names of the files that a training leaves.
enum RunFiles {
  static let model = "model.picket"
  static let trained = "trained.json"
  static let configuration = "config.json"
  static let schema = "schema.toml"
  static let reportText = "report.txt"
  static let reportJSON = "report.json"
  static let reportHTML = "report.html"

  static let all = [model, trained, configuration, schema, reportText, reportJSON, reportHTML]
}
