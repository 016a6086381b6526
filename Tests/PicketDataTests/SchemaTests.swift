import Foundation
import PicketData
import Testing

@Suite struct SchemaTests {
  /// The error that a TOML text gives.
  private func fault(_ toml: String) -> DataError? {
    do throws(DataError) {
      _ = try Schema(toml: toml, file: "s.toml")
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: Schema.builtIn)
  func `a built-in schema survives being written and read`(schema: Schema) throws {
    #expect(try Schema(toml: schema.toml, file: "s.toml") == schema)
    #expect(Schema.builtIn(named: schema.name) == schema)
  }

  @Test func `a schema with awkward texts survives being written and read`() throws {
    let schema = try Schema(
      name: "a \"b\" \\ c\u{7}", columns: [.init("x\ty # z", .numeric), .init("\u{00E4}", .label)],
      hasHeader: true, delimiter: UInt8(ascii: "\t"), normalLabels: ["", "n\u{1F}o"],
      labelSuffix: ".\n")
    let text = schema.toml(notes: ["a note\nof two lines", ""])
    #expect(try Schema(toml: text, file: "s.toml") == schema)
    #expect(text.contains(#"# a note\nof two lines"#))
  }

  @Test func `the built-in schemas have the published columns`() {
    #expect(Schema.kdd99.columns.count == 42)
    #expect(Schema.nslKDD.columns.count == 43)
    #expect(Schema.synth.columns.count == 27)
    for schema in [Schema.kdd99, .nslKDD] {
      #expect(schema.fields.count == 41)
      #expect(
        schema.fields.filter { $0.kind == .symbolic }.map(\.name)
          == ["protocol_type", "service", "flag"])
      #expect(schema.fields[22].name == "count" && schema.fields[9].name == "hot")
    }
    #expect(Schema.kdd99.labelIndex == 41)
    #expect(Schema.builtIn(named: "none") == nil)
  }

  @Test func `what is not said in TOML has the usual value`() throws {
    let schema = try Schema(
      toml: "name = 's'\ncolumns = [{ name = 'a', kind = 'numeric' }]", file: "s.toml")
    #expect(!schema.hasHeader && schema.delimiter == UInt8(ascii: ","))
    #expect(schema.normalLabels == ["normal"] && schema.labelSuffix == "")
  }

  @Test(arguments: [
    ("colums = []\n", "colums", "an unknown key"),
    ("name = 3\n", "name", "a value of type integer"),
    ("header = 'yes'\n", "header", "a value of type string"),
    ("delimiter = ''\n", "delimiter", "0 bytes"),
    ("delimiter = ', '\n", "delimiter", "2 bytes"),
    ("delimiter = '7'\n", "delimiter", "byte 55"),
    ("normal = 'x'\n", "normal", "a value of type string"),
    ("normal = [1]\n", "normal", "a value of type integer"),
    ("columns = 1\n", "columns", "a value of type integer"),
    ("columns = [1]\n", "columns[0]", "a value of type integer"),
    ("columns = []\n", "columns", "no numeric or symbolic column"),
    ("columns = [{ name = 'a' }]\n", "columns[0].kind", "nothing"),
    ("columns = [{ kind = 'label' }]\n", "columns[0].name", "nothing"),
    ("columns = [{ name = 'a', kind = 'number' }]\n", "columns[0].kind", "'number'"),
    (
      "columns = [{ name = 'a', kind = 'numeric', unit = 's' }]\n", "columns[0].unit",
      "an unknown key"
    ),
    (
      "columns = [{ name = 'a', kind = 'numeric' }, { name = 'a', kind = 'label' }]\n", "a",
      "the name twice"
    ),
    ("columns = [{ name = '', kind = 'numeric' }]\n", "columns", "an empty name"),
    (
      "columns = [{name='a',kind='label'},{name='b',kind='label'},{name='c',kind='numeric'}]\n",
      "b", "a second label column"
    ),
    (
      "normal = []\ncolumns = [{name='a',kind='label'},{name='c',kind='numeric'}]\n", "normal",
      "no normal label"
    ),
  ])
  func `a fault in TOML is named by its key`(toml: String, key: String, found: String) throws {
    var text = toml
    if !toml.contains("name =") || toml.hasPrefix("columns") || toml.hasPrefix("normal") {
      text = "name = 's'\n" + text
    }
    if !toml.contains("columns =") { text += "columns = [{ name = 'a', kind = 'numeric' }]\n" }
    let error = try #require(fault(text))
    #expect(error.file == "s.toml")
    #expect(error.column == key)
    #expect(error.found == found)
  }

  @Test func `what is missing in TOML is named`() {
    #expect(fault("columns = [{ name = 'a', kind = 'numeric' }]")?.column == "name")
    #expect(fault("name = 's'")?.column == "columns")
  }

  @Test func `a schema is found by its name or by its path`() throws {
    #expect(try Schema.named("kdd99") == .kdd99)
    let unknown = #expect(throws: DataError.self) { try Schema.named("kdd98") }
    #expect(unknown?.expected == "kdd99, nsl-kdd, synth, or the path of a TOML file")
    let missing = #expect(throws: DataError.self) { try Schema.named("no/such.toml") }
    #expect(missing?.file == "no/such.toml")
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(Schema.synth.toml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Schema.named(file.path) == .synth)
  }

  @Test func `text that is not TOML is an error with its line`() {
    let error = fault("name = 's'\ncolumns = [\n{ name = }]\n")
    #expect(error?.line == 3)
    #expect(error?.found.hasPrefix("text that is not TOML") == true)
  }
}
