/// Why a training has no result.
public struct TrainingError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what would be right.
  public let description: String

  /// Refuses a size that is not positive.
  static func check(_ name: String, _ sizes: [Int]) throws(TrainingError) {
    guard let wrong = sizes.first(where: { $0 < 1 }) else { return }
    throw TrainingError(description: "\(name) is \(wrong); at least 1 is needed")
  }
}
