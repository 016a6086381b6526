import PicketText
import TOMLKit

extension Schema {
  /// Reads a schema from a TOML file.
  ///
  /// - Throws: `DataError` that names the file and the key: not TOML, a key that is missing or
  ///   unknown or of another type, or a schema that is not sound.
  public init(path: String) throws(DataError) {
    try self.init(SourceFile(path: path))
  }

  /// Reads a schema from a TOML file that is in memory.
  ///
  /// - Throws: `DataError`, as for a path.
  public init(_ file: SourceFile) throws(DataError) {
    let text = try file.text(expected: "a schema in TOML", advice: "save the file as UTF-8")
    try self.init(toml: text, file: file.path)
  }

  /// Reads a schema from TOML text.
  ///
  /// The keys are `name`, `header`, `delimiter`, `normal`, `label_suffix` and `columns`, a list of
  /// tables with `name` and `kind` and, of numeric ones, `features`: what is made of them, of
  /// `min-max`, `log` and `quantile`. Only `name` and `columns` are required.
  ///
  /// - Parameters:
  ///   - text: The TOML document.
  ///   - file: The name that messages give it.
  /// - Throws: `DataError`, as for a file.
  public init(toml text: String, file: String) throws(DataError) {
    let document = try SchemaDocument(text, file: file)
    try document.allow(["name", "header", "delimiter", "normal", "label_suffix", "columns"])
    guard let name = try document.string("name") else {
      throw document.fault("name", "nothing", "the schema's name", "add name = \"...\"")
    }
    let delimiter = Array((try document.string("delimiter") ?? ",").utf8)
    guard delimiter.count == 1 else {
      throw document.fault(
        "delimiter", "\(delimiter.count) bytes", "one character",
        "write \",\", \";\", \"|\" or \"\\t\"")
    }
    self.init(
      unchecked: name, try document.columns(), hasHeader: try document.bool("header") ?? false,
      delimiter: delimiter[0], normalLabels: try document.strings("normal") ?? ["normal"],
      labelSuffix: try document.string("label_suffix") ?? "")
    try check(file: file)
  }
}

/// A TOML table whose keys are taken with their types checked.
private struct SchemaDocument {
  let table: TOMLTable
  let file: String
  /// What stands before a key in messages: nothing, or `columns[3].`.
  var prefix = ""

  init(_ text: String, file: String) throws(DataError) {
    self.file = file
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw DataError(
        file: file, line: error.source.begin.line,
        found: "text that is not TOML (\(error.description))", expected: "a schema in TOML",
        advice: "correct the line")
    } catch {
      throw DataError(
        file: file, found: "\(error)", expected: "a schema in TOML", advice: "correct the file")
    }
  }

  private init(_ table: TOMLTable, file: String, prefix: String) {
    self.table = table
    self.file = file
    self.prefix = prefix
  }

  func fault(_ key: String, _ found: String, _ expected: String, _ advice: String) -> DataError {
    DataError(
      file: file, column: prefix + key, found: found, expected: expected, advice: advice)
  }

  func allow(_ keys: [String]) throws(DataError) {
    for key in table.keys where !keys.contains(key) {
      throw fault(
        key, "an unknown key", "one of \(keys.joined(separator: ", "))", "correct or delete it")
    }
  }

  func string(_ key: String) throws(DataError) -> String? {
    guard let value = table[key] else { return nil }
    guard let string = value.string else { throw wrongType(key, value, "a string") }
    return string
  }

  func bool(_ key: String) throws(DataError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let bool = value.bool else { throw wrongType(key, value, "true or false") }
    return bool
  }

  func strings(_ key: String) throws(DataError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let array = value.array else { throw wrongType(key, value, "a list of strings") }
    var strings: [String] = []
    for item in array {
      guard let string = item.string else { throw wrongType(key, item, "a list of strings") }
      strings.append(string)
    }
    return strings
  }

  func columns() throws(DataError) -> [Schema.Column] {
    guard let value = table["columns"] else {
      throw fault(
        "columns", "nothing", "the columns in file order",
        "add columns = [ { name = \"...\", kind = \"numeric\" } ]")
    }
    guard let array = value.array else { throw wrongType("columns", value, "a list of tables") }
    var columns: [Schema.Column] = []
    for (index, item) in array.enumerated() {
      let place = "columns[\(index)]"
      guard let table = item.table else { throw wrongType(place, item, "a table") }
      columns.append(try SchemaDocument(table, file: file, prefix: place + ".").column())
    }
    return columns
  }

  private func column() throws(DataError) -> Schema.Column {
    try allow(["name", "kind", "features"])
    let kinds = Schema.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name = try string("name") else {
      throw fault("name", "nothing", "the column's name", "add name = \"...\"")
    }
    guard let text = try string("kind") else {
      throw fault("kind", "nothing", "one of \(kinds)", "add kind = \"...\"")
    }
    guard let kind = Schema.Kind(rawValue: text) else {
      throw fault("kind", "'\(text.shown(atMost: 40))'", "one of \(kinds)", "correct it")
    }
    return Schema.Column(name, kind, features: try features())
  }

  private func features() throws(DataError) -> [NumericFeature] {
    var features: [NumericFeature] = []
    for text in try strings("features") ?? [] {
      guard let feature = NumericFeature(rawValue: text), !features.contains(feature) else {
        let known = NumericFeature.allCases.map(\.rawValue).joined(separator: ", ")
        throw fault(
          "features", "'\(text.shown(atMost: 40))'", "each of \(known) at most once", "correct it")
      }
      features.append(feature)
    }
    return features
  }

  private func wrongType(
    _ key: String, _ value: TOMLValueConvertible, _ expected: String
  ) -> DataError {
    fault(key, "a value of type \(value.type)", expected, "correct the value")
  }
}
