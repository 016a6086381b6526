import Foundation
import PicketData
import PicketExport

/// Records without a schema: each line holds the model's fields in order, as `picket_record_parse`
/// takes them; what follows the last field is passed over.
enum RawTable {
  static func read(_ path: String, model: LoadedModel, _ badRows: BadRowsOption) throws -> Table {
    var columns = model.fields.map {
      Schema.Column($0.name, $0.isSymbolic ? .symbolic : .numeric)
    }
    // How many columns there are is seen from the first rows; their meaning is the model's.
    let count = try Schema.guess(path: path).schema.columns.count
    guard count >= columns.count else {
      throw Failure(
        "\(path): found \(count) columns; expected the model's \(columns.count) fields in order "
          + "('picket inspect --fields' lists them); without --raw the columns are found by name")
    }
    let names = Set(columns.map(\.name))
    var number = 0
    while columns.count < count {
      number += 1
      let name = "further \(number)"
      if !names.contains(name) { columns.append(Schema.Column(name, .ignored)) }
    }
    return try badRows.read(path, schema: Schema(name: "raw", columns: columns))
  }
}
