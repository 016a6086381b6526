import PicketData
import PicketExport

extension LoadedModel {
  /// The model's fields as the columns of a file.
  var columns: [Schema.Column] {
    fields.map { Schema.Column($0.name, $0.isSymbolic ? .symbolic : .numeric) }
  }

  /// Whether the first line of a file is a header: it names a field of the model.
  func isNamed(inHeader names: [String]) -> Bool {
    let names = Set(names.map(ByteName.init))
    return fields.contains { names.contains(ByteName($0.name)) }
  }
}
