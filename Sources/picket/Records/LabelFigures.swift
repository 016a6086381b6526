import PicketData
import PicketReport

/// How the records of each label score.
struct LabelFigures {
  private struct Row {
    let label: String
    let isNormal: Bool
    var scores: [Float] = []
    var alarms = 0

    var share: Double { Double(alarms) / Double(scores.count) }
    /// The middle score, or the mean of the two in the middle.
    var median: Float {
      let sorted = scores.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  /// Normal labels first, then the most frequent ones.
  private let rows: [Row]

  init(_ table: Table, _ scores: [Float], threshold: Float) {
    guard let labels = table.labels else {
      rows = []
      return
    }
    var rows = labels.names.map { Row(label: $0, isNormal: table.schema.isNormal(label: $0)) }
    for (code, score) in zip(labels.codes, scores) {
      rows[Int(code)].scores.append(score)
      if score >= threshold { rows[Int(code)].alarms += 1 }
    }
    self.rows = rows.filter { !$0.scores.isEmpty }.sorted {
      if $0.isNormal != $1.isNormal { return $0.isNormal }
      return ($1.scores.count, $0.label) < ($0.scores.count, $1.label)
    }
  }

  var table: TextTable {
    var table = TextTable([
      .left("label"), .left("class"), .right("records"), .right("alarms"), .right("share"),
      .right("median score"),
    ])
    for row in rows {
      table.append([
        row.label, row.isNormal ? "normal" : "anomaly", NumberText.grouped(row.scores.count),
        NumberText.grouped(row.alarms), NumberText.fixed(row.share, 4),
        NumberText.significant(Double(row.median)),
      ])
    }
    return table
  }

  var json: JSON {
    .array(
      rows.map { row in
        [
          "label": .string(row.label), "normal": .bool(row.isNormal),
          "records": .integer(row.scores.count), "alarms": .integer(row.alarms),
          "share": .number(row.share), "median_score": .float(row.median),
        ]
      })
  }
}
