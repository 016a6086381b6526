import PicketData
import PicketReport

/// How many rows of each label every part of a split has: which anomalies were learned, and which were not.
struct LabelRows {
  /// So many labels are shown to people.
  private static let shown = 40
  private static let names = ["train", "validation", "calibration", "test", "unused"]

  private struct Row {
    let label: String
    let isNormal: Bool
    /// A number for each of `names`.
    var counts: [Int]

    var sum: Int { counts.reduce(0, +) }
  }

  /// Normal labels first, then the most frequent ones.
  private let rows: [Row]

  /// Nil where there is no label.
  init?(_ records: RecordSet, _ split: TrainingSplit, unused: TrainingSplit.Rows) {
    var rows: [String: Row] = [:]
    for (place, part) in [
      split.train.all, split.validation.all, split.calibration, split.test.all, unused.all,
    ].enumerated() {
      for count in records.labelCounts(part) {
        let none = Row(
          label: count.label, isNormal: count.isNormal, counts: Self.names.map { _ in 0 })
        rows[count.label, default: none].counts[place] += count.rows
      }
    }
    guard !rows.isEmpty else { return nil }
    self.rows = rows.values.sorted {
      if $0.isNormal != $1.isNormal { return $0.isNormal }
      return ($1.sum, $0.label) < ($0.sum, $1.label)
    }
  }

  var table: TextTable {
    var table = TextTable([.left("label"), .left("class")] + Self.names.map { .right($0) })
    for row in rows.prefix(Self.shown) {
      table.append(
        [row.label, row.isNormal ? "normal" : "anomaly"] + row.counts.map(NumberText.grouped))
    }
    let rest = rows.dropFirst(Self.shown)
    if !rest.isEmpty {
      let sums = Self.names.indices.map { place in rest.reduce(0) { $0 + $1.counts[place] } }
      table.append(["\(NumberText.grouped(rest.count)) more", ""] + sums.map(NumberText.grouped))
    }
    return table
  }

  var json: JSON {
    .array(
      rows.map { row in
        .object(
          [.init("label", .string(row.label)), .init("normal", .bool(row.isNormal))]
            + zip(Self.names, row.counts).map { .init($0, .integer($1)) })
      })
  }
}
