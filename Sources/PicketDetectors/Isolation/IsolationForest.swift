import Foundation
import PicketNumbers

/// Isolation forest: anomalies are few and different, so random splits isolate them early.
///
/// ```
/// score(x) = 2^(-E[h(x)] / c(n)),  E over the trees, n rows a tree
/// ```
///
/// Liu, Ting and Zhou 2008, equation 2. The scores lie between 0 and 1; 0.5 is what a row has on
/// average.
public struct IsolationForest: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "isolation-forest", title: "Isolation forest", source: "Liu, Ting and Zhou 2008",
    needs: .normal, exports: false)

  /// Trees that are grown.
  public var trees = 100
  /// Rows that each is grown from, drawn without replacement.
  public var rowsPerTree = 256

  /// The publication's settings.
  public init() {}

  /// Grows the trees; one that is cancelled has those it has.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try TrainingError.check("the number of trees", [trees])
    let rows = records.normal
    let size = min(rowsPerTree, rows.count)
    guard size > 1 else {
      throw TrainingError(
        description: "\(rows.count) normal rows and \(rowsPerTree) for a tree; 2 are needed")
    }
    // The height that a tree of n rows has on average: what is deeper is not anomalous.
    let limit = Int(log2(Double(size)).rounded(.up))
    var generator = SeededGenerator(seed: seed)
    let sample = DoubleRows(capacity: size, columns: rows.columnCount)
    var grown: [IsolationTree] = []
    while grown.count < trees, grown.isEmpty || !observer.isCancelled() {
      let drawn = rows.rows(at: generator.sample(size, of: rows.count))
      sample.load(drawn, 0..<size)
      var order = Array(0..<size)
      grown.append(
        IsolationTree(sample, sample: &order, heightLimit: limit, using: &generator))
    }
    return FittedIsolationForest(trees: grown, rowsPerTree: size, columnCount: rows.columnCount)
  }
}

/// Trees that have been grown.
struct FittedIsolationForest: FittedDetector {
  let trees: [IsolationTree]
  let rowsPerTree: Int
  let columnCount: Int

  /// A column, a child and a number for every node.
  var scoringBytes: Int { trees.reduce(0) { $0 + 12 * $1.nodes.count } }

  func scores(_ rows: SparseRows) -> [Double] {
    precondition(rows.columnCount == columnCount, "rows as long as those learned from")
    let typical = IsolationTree.averagePathLength(rowsPerTree) * Double(trees.count)
    let block = DoubleRows(capacity: 1, columns: columnCount)
    return (0..<rows.count).map { row in
      block.load(rows, row..<row + 1)
      return exp2(-trees.reduce(0) { $0 + $1.pathLength(block.base) } / typical)
    }
  }
}
