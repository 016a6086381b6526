import PicketText

/// What kept a protocol from being run; says what was found, what was expected and what to do.
package struct ReproduceError: Error, CustomStringConvertible {
  /// The message, on one line.
  package let description: String

  /// Says what is wrong.
  package init(_ description: String) { self.description = description.shown() }
}
