import ArgumentParser
import Foundation
import PicketData
import PicketReport
import PicketText

/// The choice of what the columns of a file are.
struct SchemaOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the columns are: a built-in schema (\(SchemaOption.builtInNames)) or a TOML file.",
      discussion: """
        Without it, 'train' takes a built-in schema that fits the file, or guesses one; 'score' and \
        'eval' take the schema.toml beside the model.
        """,
      valueName: "name|file.toml"))
  var schema: String?

  static let builtInNames = Schema.builtIn.map(\.name).joined(separator: ", ")

  func validate() throws {
    guard let schema, Schema.builtIn(named: schema) == nil,
      !FileManager.default.fileExists(atPath: schema)
    else { return }
    let name = schema.shown(atMost: 80)
    throw ValidationError(
      "--schema \(name): neither a built-in schema (\(Self.builtInNames)) nor a file; "
        + "'picket schema DATA > \(name)' writes one")
  }

  /// The schema to learn by: the one that was asked for, a built-in one that fits, or a guess.
  ///
  /// - Throws: `DataError` when it is a guess which label is that of normal records, too: a model that
  ///   takes attacks for normal is worse than none.
  func resolve(toLearnFrom file: String) throws -> ChosenSchema {
    if let schema {
      if let known = Schema.builtIn(named: schema) { return ChosenSchema(known) }
      return try ChosenSchema(SourceFile(path: schema))
    }
    let guess = try Schema.guess(path: file)
    if let known = Schema.builtIn(fitting: guess.schema) {
      StandardError.note("the columns of \(file) are those of the schema '\(known.name)'")
      return ChosenSchema(known.delimited(by: guess.schema.delimiter))
    }
    try Self.checkNormal(guess, file)
    let fields = guess.schema.fields
    let symbolic = fields.count { $0.kind == .symbolic }
    let ignored = guess.schema.columns.count { $0.kind == .ignored }
    StandardError.note(
      "the schema of \(file) is a guess: \(fields.count - symbolic) numeric and \(symbolic) "
        + "symbolic fields, \(guess.schema.labelIndex == nil ? "no label" : "a label"), "
        + "\(NumberText.count(ignored, "column")) ignored; "
        + "'picket schema \(file)' shows it")
    return ChosenSchema(guess.schema)
  }

  private static func checkNormal(_ guess: SchemaGuess, _ file: String) throws(DataError) {
    guard let label = guess.schema.labelIndex, !guess.doubtfulLabels.isEmpty else { return }
    let shown = 8
    let labels = guess.doubtfulLabels.prefix(shown).map { "'\($0.shown(atMost: 40))'" }.joined(
      separator: ", ")
    let more = guess.doubtfulLabels.count - shown
    throw DataError(
      file: file, column: guess.schema.columns[label].name,
      found: "the labels \(labels)" + (more > 0 ? " and \(more) more" : ""),
      expected: "one that is known to be normal ('normal', 'benign' or '0')",
      advice: "write 'picket schema \(file) > my.toml', set 'normal' in it to the normal labels, "
        + "and train with --schema my.toml")
  }
}

extension Schema {
  /// The built-in schema whose columns look like those of a guessed one.
  static func builtIn(fitting guess: Schema) -> Schema? {
    builtIn.first { known in
      known.columns.count == guess.columns.count && known.hasHeader == guess.hasHeader
        && known.labelIndex == guess.labelIndex && known.labelSuffix == guess.labelSuffix
        && (!known.hasHeader || known.columns.map(\.name) == guess.columns.map(\.name))
        && zip(known.columns, guess.columns).allSatisfy { known, guess in
          known.kind == guess.kind || known.kind == .ignored
        }
    }
  }
}
