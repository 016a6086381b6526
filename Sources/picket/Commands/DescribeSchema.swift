import ArgumentParser
import PicketData
import PicketReport
import PicketText

/// `picket schema`: what the columns of a file are.
struct DescribeSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Guess what the columns of a file are, or show a built-in schema.",
    discussion: """
      Prints TOML with what was seen beside each column. It is a guess: read it, correct it, and \
      pass the file with --schema. The built-in schemas are \(SchemaOption.builtInNames).

      EXAMPLES:
        picket schema records.csv > my.toml
        picket schema --builtin nsl-kdd
      """)

  @Argument(help: ArgumentHelp("A CSV file, plain or gzipped.", valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Print a built-in schema: \(SchemaOption.builtInNames).", valueName: "name"))
  var builtin: String?

  @Option(help: ArgumentHelp("The guess's name. (default: the file's)", valueName: "name"))
  var name: String?

  func validate() throws {
    guard (data == nil) != (builtin == nil) else {
      throw ValidationError("give either a data file or --builtin NAME")
    }
    if let builtin, Schema.builtIn(named: builtin) == nil {
      throw ValidationError(
        "--builtin \(builtin.shown(atMost: 80)): no such schema; expected one of "
          + SchemaOption.builtInNames)
    }
  }

  func run() throws {
    if let builtin, let schema = Schema.builtIn(named: builtin) {
      return try StandardOutput.print(schema.toml)
    }
    guard let data else { return }
    let guess = try Schema.guess(path: data, name: name)
    try StandardOutput.print(guess.toml)
    StandardError.note(
      "a guess from \(NumberText.count(guess.rowCount, "row")) of \(data); check it before use")
    if guess.oddRows > 0 {
      StandardError.note(
        "\(NumberText.count(guess.oddRows, "row")) of them cannot be read: other than "
          + "\(NumberText.count(guess.schema.columns.count, "cell")), or quotes that do not match")
    }
  }
}
