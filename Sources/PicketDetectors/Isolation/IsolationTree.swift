import Foundation
import PicketNumbers

/// A tree of random splits: rows that few splits part from the others are anomalous.
struct IsolationTree: Sendable {
  /// A split, or a leaf.
  struct Node: Sendable {
    /// The column that is looked at; -1 for a leaf.
    var column: Int32
    /// The right child; the left one follows the node.
    var right: Int32
    /// A row goes left when its number is below it; at a leaf, the expected length of the path.
    var value: Float
  }

  private(set) var nodes: [Node] = []

  /// Splits rows until each is alone, all that are left are equal, or the tree is as high as its
  /// limit (Liu, Ting and Zhou 2008, algorithm 2).
  ///
  /// The column of a split is drawn from those that vary among its rows, the place evenly between
  /// the smallest and the largest number there.
  ///
  /// - Parameters:
  ///   - rows: Where the sample lies.
  ///   - sample: Rows of it; put into the order of the leaves.
  ///   - heightLimit: Splits on the longest path.
  init(
    _ rows: DoubleRows, sample: inout [Int], heightLimit: Int,
    using generator: inout SeededGenerator
  ) {
    grow(rows, &sample, 0..<sample.count, depth: 0, heightLimit, &generator)
  }

  private mutating func grow(
    _ rows: DoubleRows, _ sample: inout [Int], _ part: Range<Int>, depth: Int, _ limit: Int,
    _ generator: inout SeededGenerator
  ) {
    let place = nodes.count
    let length = Double(depth) + IsolationTree.averagePathLength(part.count)
    nodes.append(Node(column: -1, right: 0, value: Float(length)))
    guard depth < limit, part.count > 1 else { return }
    var varying: [(column: Int, low: Double, high: Double)] = []
    for column in 0..<rows.columns {
      var (low, high) = (Double.infinity, -Double.infinity)
      for position in part {
        let value = rows.base[sample[position] * rows.columns + column]
        (low, high) = (min(low, value), max(high, value))
      }
      if low < high { varying.append((column, low, high)) }
    }
    guard !varying.isEmpty else { return }
    let chosen = varying[generator.below(varying.count)]
    // Rounded to single precision the split may fall on an end: above the smallest number it
    // still parts the rows.
    let split = max(
      Float(chosen.low + generator.unit() * (chosen.high - chosen.low)), Float(chosen.low).nextUp)
    let middle = sample[part].partition {
      Float(rows.base[$0 * rows.columns + chosen.column]) >= split
    }
    nodes[place] = Node(column: Int32(chosen.column), right: 0, value: split)
    grow(rows, &sample, part.lowerBound..<middle, depth: depth + 1, limit, &generator)
    nodes[place].right = Int32(nodes.count)
    grow(rows, &sample, middle..<part.upperBound, depth: depth + 1, limit, &generator)
  }

  /// h(x), the expected number of splits that part a row from all others (algorithm 3).
  func pathLength(_ row: UnsafePointer<Double>) -> Double {
    nodes.withUnsafeBufferPointer { nodes in
      var place = 0
      while nodes[place].column >= 0 {
        let node = nodes[place]
        place = Float(row[Int(node.column)]) < node.value ? place + 1 : Int(node.right)
      }
      return Double(nodes[place].value)
    }
  }

  /// c(n), the mean depth of n rows in a random tree (equation 1), the harmonic number by Euler's
  /// constant.
  ///
  /// ```
  /// c(n) = 2 (ln(n - 1) + 0.5772156649) - 2 (n - 1) / n,  c(2) = 1,  c(1) = 0
  /// ```
  static func averagePathLength(_ count: Int) -> Double {
    guard count > 2 else { return count == 2 ? 1 : 0 }
    let n = Double(count)
    return 2 * (log(n - 1) + 0.577_215_664_901_532_9) - 2 * (n - 1) / n
  }
}
