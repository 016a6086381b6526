import PicketText

/// Something that the command itself could not do: exit code 1.
///
/// Faults of data files are `DataError`, those of models `ExportError`; each says what was found,
/// what was expected and what to do next, and so does this.
struct Failure: Error, CustomStringConvertible {
  /// On one line, whatever it quotes.
  let description: String

  init(_ description: String) { self.description = description.shown() }
}
