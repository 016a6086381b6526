import PicketText

/// A model that could not be written, read or used.
public struct ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What failed, where, what was expected and what to do next, on one line.
  public let description: String

  /// Says what failed.
  public init(_ description: String) {
    self.description = description.shown()
  }
}
