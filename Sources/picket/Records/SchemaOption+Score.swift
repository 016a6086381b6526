import PicketData
import PicketExport

extension SchemaOption {
  /// Reads a file to be scored; there is no guessing here.
  ///
  /// The schema is the one that was asked for, or the one that the training left beside the model. The
  /// names of a header say which columns are its fields, wherever they stand; the label need not be
  /// there. Where there is no schema, a header's names are matched to the model's own fields, and of
  /// other files and labels a built-in schema that fits tells.
  ///
  /// - Parameter needsLabel: Whether the file's labels are wanted.
  func read(
    toScore file: String, by model: LoadedModel, at path: ModelPath, needsLabel: Bool,
    _ badRows: BadRowsOption
  ) throws -> Table {
    let table: Table
    if let schema {
      table = try badRows.read(file, schema: Schema.named(schema), places: .byHeader)
    } else if let beside = path.schemaFile {
      do {
        table = try badRows.read(file, schema: Schema(path: beside), places: .byHeader)
      } catch {
        StandardError.note(
          "\(file) is read by \(beside); --schema names another schema, and 'picket score --raw' "
            + "takes lines that hold the model's fields in order, without a header")
        throw error
      }
    } else {
      let schema = try fittingSchema(of: file, model, needsLabel: needsLabel)
      table = try badRows.read(file, schema: schema, places: .byHeader)
    }
    if needsLabel, table.labels == nil { throw Self.noLabel(table) }
    return table
  }

  private func fittingSchema(
    of file: String, _ model: LoadedModel, needsLabel: Bool
  ) throws -> Schema {
    let layout = try FileLayout(path: file)
    if !needsLabel, model.isNamed(inHeader: layout.names) {
      return try Schema(
        name: "the model's", columns: model.columns, hasHeader: true, delimiter: layout.delimiter)
    }
    if let known = try Schema.builtIn(fitting: Schema.guess(path: file).schema) { return known }
    throw Failure(
      "\(file): no schema says what its columns are; give --schema with the one that the model "
        + "was trained by (picket train leaves it as schema.toml); 'picket score --raw' takes lines "
        + "that hold the model's fields in order")
  }

  private static func noLabel(_ table: Table) -> Failure {
    let advice = "expected one to judge by; 'picket score' needs none"
    guard let label = table.schema.labelIndex else {
      return Failure("the schema '\(table.schema.name)' has no label column; \(advice)")
    }
    return Failure(
      "\(table.source.file):1: found no label column '\(table.schema.columns[label].name)' in the "
        + "header; \(advice)")
  }
}
