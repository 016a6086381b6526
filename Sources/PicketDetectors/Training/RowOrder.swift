import PicketNN
import PicketNumbers

/// The order in which an epoch visits rows: every row once, in a random order.
final class RowOrder {
  private let indices: UnsafeMutableBufferPointer<Int32>

  /// Starts with rows 0 ..< count in their own order.
  init(count: Int) {
    indices = .allocate(capacity: count)
    for index in 0..<count { indices.initializeElement(at: index, to: Int32(index)) }
  }

  deinit { indices.deallocate() }

  /// Draws the order of the next epoch.
  func shuffle(using generator: inout SeededGenerator) { generator.shuffle(indices) }

  /// The rows of a step: `count` of them, after `position` steps of as many.
  func rows(step position: Int, count: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(rebasing: indices[position * count..<(position + 1) * count])
  }
}
