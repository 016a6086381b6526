import PicketNumbers
import PicketText

/// Why a training has no result.
public struct TrainingError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what would be right, on one line, whatever it quotes.
  public let description: String

  /// Says what is wrong.
  public init(description: String) { self.description = description.shown() }

  /// Refuses a size that is not positive.
  static func check(_ name: String, _ sizes: [Int]) throws(TrainingError) {
    guard let wrong = sizes.first(where: { $0 < 1 }) else { return }
    throw TrainingError(description: "\(name) is \(wrong); at least 1 is needed")
  }

  /// Refuses fewer normal rows than a batch takes.
  static func check(batch size: Int, of normal: SparseRows) throws(TrainingError) {
    try check("the batch size", [size])
    guard normal.count >= size else {
      throw TrainingError(description: "\(normal.count) normal rows; a batch needs \(size)")
    }
  }
}
