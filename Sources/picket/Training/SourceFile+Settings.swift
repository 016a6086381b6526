import PicketData
import PicketExport

extension SourceFile {
  /// The file as settings, as the provenance names data: without folders, and with the hash of its bytes.
  func tree(_ others: [String: JSONValue] = [:]) -> JSONValue {
    .object(
      others.merging(["file": .string(name), "sha256": .string(sha256)]) { first, _ in first })
  }
}
