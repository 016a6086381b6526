import Foundation
import PicketReport

extension Evaluation {
  /// Most points of a curve: more are not told apart.
  private static let points = 240

  /// How the scores of both classes lie, and where the thresholds of some budgets do.
  ///
  /// Thresholds are those of calibration: as far as its records are like these, each lies on the curve of
  /// the normal ones.
  func picture(_ budgets: [BudgetFigures]) -> Plot {
    let classes = [false, true].map { wanted in
      zip(scores, isAnomaly).filter { $0.1 == wanted }.map { Double($0.0) }
    }
    // No place on a logarithmic axis is below the least score that has one.
    let least = classes.joined().filter { $0 > 0 }.min()
    return Plot(
      title: "Scores of held-out rows",
      caption: "The share of each class at or above a score, and the threshold of each budget: "
        + "the normal rows to its right are false alarms.",
      x: .init("score", isLogarithmic: true), y: .init("share of the class", isLogarithmic: true),
      series: [
        Self.share("normal", classes[0], from: least),
        Self.share("anomalous", classes[1], from: least),
        Plot.Series(
          "threshold of a budget", x: budgets.map { Double($0.threshold) },
          y: budgets.map(\.budget), style: .points),
      ])
  }

  /// The share of scores at or above each, most of the points where shares are small; all of them are
  /// from the picture's left end on, so that a class of one record has a line too.
  private static func share(
    _ name: String, _ scores: [Double], from least: Double?
  ) -> Plot.Series {
    let falling = scores.sorted(by: >)
    var ranks: [Int] = []
    for step in 0...points where !falling.isEmpty {
      let rank = Int(pow(Double(falling.count), Double(step) / Double(points)).rounded())
      if rank <= falling.count && rank != ranks.last { ranks.append(rank) }
    }
    var line = ranks.map { (score: falling[$0 - 1], share: Double($0) / Double(falling.count)) }
    if let least, let last = line.last, last.score > least { line.append((least, 1)) }
    return Plot.Series(name, x: line.map(\.score), y: line.map(\.share), style: .curve)
  }
}
