import PicketText

extension TableReader {
  /// The schema by the file's own delimiter, where columns are looked for; where they must be as listed,
  /// another delimiter is an error.
  static func delimited(
    _ schema: Schema, _ bytes: FileBytes, file: String, places: ColumnPlaces
  ) throws(DataError) -> Schema {
    guard let other = schema.delimited(as: bytes, file: file) else { return schema }
    guard places == .asListed else { return other }
    throw DataError(
      file: file, line: 1, found: "cells with \(other.shownDelimiter) between them",
      expected: "\(schema.shownDelimiter), as schema '\(schema.name)' says",
      advice: "correct 'delimiter' in the schema; 'picket schema \(file)' writes one that has it")
  }

  /// Reads the line that names the columns, and finds the schema's among them.
  ///
  /// - Returns: The file's columns in its own order.
  static func header(
    _ scanner: inout CellScanner, schema: Schema, file: String, places: ColumnPlaces
  ) throws(DataError) -> [Schema.Column] {
    guard !scanner.isAtTrailingBlanks else {
      throw DataError(
        file: file, line: 1, found: "an empty file", expected: "a line that names the columns",
        advice: "check that this is the right file")
    }
    if scanner.isAtBlankLine {
      throw scanner.blankLine(expected: "a line that names the columns", file: file)
    }
    guard let cells = scanner.headerCells() else {
      throw DataError(
        file: file, line: 1, found: "quotes that do not match",
        expected: "a line that names the columns", advice: "correct the quotes")
    }
    switch places {
    case .asListed:
      try compare(cells.unique, schema, file)
      return schema.columns
    case .byHeader: return try find(cells, schema, file)
    }
  }

  private static func compare(
    _ names: [String], _ schema: Schema, _ file: String
  ) throws(DataError) {
    for (column, name) in zip(schema.columns, names) where ByteName(column.name) != ByteName(name) {
      throw DataError(
        file: file, line: 1, column: column.name,
        found: "'\(name.shown(atMost: 40))' in the header",
        expected: "'\(column.name)', as schema '\(schema.name)' lists",
        advice: "use the file's own schema, or correct the names in this one")
    }
    guard names.count == schema.columns.count else {
      throw DataError(
        file: file, line: 1, found: "\(columns(names.count)) in the header",
        expected: "\(schema.columns.count), as schema '\(schema.name)' lists",
        advice: "use the file's own schema, or correct this one")
    }
  }

  /// What the schema says of each name; what it does not name is passed over.
  private static func find(
    _ cells: HeaderCells, _ schema: Schema, _ file: String
  ) throws(DataError) -> [Schema.Column] {
    let known = Dictionary(
      schema.columns.map { (ByteName($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    let names = cells.unique.map(ByteName.init)
    let present = Set(names)
    let missing = schema.fields.filter { !present.contains(ByteName($0.name)) }
    guard missing.isEmpty else {
      let first = missing.prefix(3).map { "'\($0.name)'" }.joined(separator: ", ")
      let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
      throw DataError(
        file: file, line: 1, found: "a header without \(first)\(more)",
        expected: "all \(schema.fields.count) fields of schema '\(schema.name)', in any order",
        advice: "check that line 1 names the columns, and how")
    }
    // A second column of the name of a field or the label, and no word on which of the two it is.
    for (name, written) in zip(names, cells.written) where known[name] == nil {
      guard let kind = known[ByteName(written)]?.kind, kind != .ignored else { continue }
      throw DataError(
        file: file, line: 1, column: written, found: "the name twice in the header",
        expected: "each field and the label once",
        advice: "rename the column that is not the \(kind == .label ? "label" : "field")")
    }
    return names.map { known[$0] ?? Schema.Column($0.text, .ignored) }
  }
}
