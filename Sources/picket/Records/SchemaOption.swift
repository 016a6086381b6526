import ArgumentParser
import Foundation
import PicketData

/// The choice of what the columns of a file are.
struct SchemaOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the columns are: a built-in schema (\(SchemaOption.builtInNames)) or a TOML file.",
      discussion: "Without it, a built-in schema that fits the file is taken.",
      valueName: "name|file.toml"))
  var schema: String?

  static let builtInNames = Schema.builtIn.map(\.name).joined(separator: ", ")

  /// The schema to learn by: the one that was asked for, a built-in one that fits, or a guess.
  func resolve(toLearnFrom file: String) throws -> Schema {
    if let schema { return try Self.named(schema) }
    let guess = try Schema.guess(path: file)
    if let known = Self.builtIn(fitting: guess.schema) {
      StandardError.note("the columns of \(file) are those of the schema '\(known.name)'")
      return known
    }
    let fields = guess.schema.fields
    let symbolic = fields.count { $0.kind == .symbolic }
    StandardError.note(
      "the schema of \(file) is a guess: \(fields.count - symbolic) numeric and \(symbolic) "
        + "symbolic fields, \(guess.schema.labelIndex == nil ? "no label" : "a label"); "
        + "'picket schema \(file)' shows it")
    return guess.schema
  }

  /// The schema of a file to be scored: the one that was asked for, the one that the training left
  /// beside the model, or a built-in one that fits. There is no guessing here.
  func resolve(toScore file: String, model: ModelPath) throws -> Schema {
    if let schema { return try Self.named(schema) }
    if let beside = model.schemaFile { return try Schema(path: beside) }
    let guess = try Schema.guess(path: file)
    if let known = Self.builtIn(fitting: guess.schema) { return known }
    throw Failure(
      "\(file): no schema says what its columns are; give --schema with the one that the model "
        + "was trained by (picket train leaves it as schema.toml), or --raw if each line holds the "
        + "model's fields in order")
  }

  private static func named(_ name: String) throws -> Schema {
    if let schema = Schema.builtIn(named: name) { return schema }
    guard FileManager.default.fileExists(atPath: name) else {
      throw ValidationError(
        "--schema \(name): neither a built-in schema (\(builtInNames)) nor a file; "
          + "'picket schema DATA > \(name)' writes one")
    }
    return try Schema(path: name)
  }

  /// The built-in schema whose columns look like those of a guessed one.
  private static func builtIn(fitting guess: Schema) -> Schema? {
    Schema.builtIn.first { known in
      known.columns.count == guess.columns.count && known.hasHeader == guess.hasHeader
        && known.labelIndex == guess.labelIndex && known.labelSuffix == guess.labelSuffix
        && zip(known.columns, guess.columns).allSatisfy { known, guess in
          (!self.hasNames(guess) || known.name == guess.name)
            && (known.kind == guess.kind || known.kind == .ignored)
        } && (!known.hasHeader || known.columns.map(\.name) == guess.columns.map(\.name))
    }
  }

  /// Whether a guessed column has a name of its own, and not only a number.
  private static func hasNames(_ column: Schema.Column) -> Bool {
    !column.name.hasPrefix("column")
  }
}
