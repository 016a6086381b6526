import Foundation
import PicketData
import PicketExport

/// Records without a schema: each line holds the model's fields in order, as `picket_record_parse`
/// takes them; what follows the last field is passed over.
enum RawTable {
  static func read(_ path: String, model: LoadedModel, _ badRows: BadRowsOption) throws -> Table {
    var columns = model.columns
    // What stands between columns, and how many there are, is seen from the first rows; their meaning is
    // the model's.
    let layout = try FileLayout(path: path)
    let count = layout.names.count
    guard count >= columns.count else {
      throw Failure(
        "\(path): found \(count) columns; expected the model's \(columns.count) fields in order "
          + "('picket inspect --fields' lists them); without --raw the names in a header are "
          + "matched to them")
    }
    let names = Set(columns.map { ByteName($0.name) })
    var number = 0
    while columns.count < count {
      number += 1
      let name = "further \(number)"
      if !names.contains(ByteName(name)) { columns.append(Schema.Column(name, .ignored)) }
    }
    do {
      return try badRows.read(
        path, schema: Schema(name: "raw", columns: columns, delimiter: layout.delimiter))
    } catch {
      if model.isNamed(inHeader: layout.names) {
        StandardError.note(
          "line 1 of \(path) names columns; --raw is for records alone: leave it out")
      }
      throw error
    }
  }
}

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
