import PicketData
import PicketExport
import PicketReport

/// What a training on a gateway's log has to say of it, and of the connections that were marked.
struct LogReport {
  /// The budget that marked connections are looked at with: what picketd takes unless told otherwise.
  private static let budget = 0.001

  private let summary: ReplayRecords.Summary
  private let records: Int
  private let early: Int
  private let featureHash: String
  /// Moments of the log at which false alerts are tried: others than those that were learned.
  private static let moments = 400

  /// Of the false alerts, of the same at other moments, and of the anomalies: how many there are and how
  /// many the model would tell.
  private let marked: [(name: String, count: Int, alarms: Int?)]

  /// Scores the marked connections with the model that was made.
  init(
    _ replay: ReplayRecords, _ records: RecordSet, _ early: [Int], _ encoding: FeatureEncoding,
    _ model: LoadedModel
  ) throws {
    summary = replay.summary
    self.records = records.rowCount
    self.early = early.count
    featureHash = model.info.featureHash
    let threshold = try? model.threshold(rate: Float(Self.budget))
    func look(
      _ name: String, _ records: RecordSet, _ rows: [Int]
    ) throws -> (name: String, count: Int, alarms: Int?) {
      let scores = try model.score(records: records.records(rows, encoding))
      return (name, rows.count, threshold.map { limit in scores.count { $0.score >= limit } })
    }
    let again = RecordSet([replay.falseAlerts(atMoments: Self.moments, phase: 0.75)])
    marked = [
      try look("false alerts", records, replay.falseAlerts),
      try look("false alerts at other moments", again, Array(0..<again.rowCount)),
      try look("anomalies", records, records.anomalyRows),
    ].filter { $0.count > 0 }
  }

  /// The figures for people.
  var table: TextTable {
    var table = TextTable([.left(""), .left("")])
    table.append(["runs of picketd", NumberText.grouped(summary.runs)])
    table.append([
      "connections",
      "\(NumberText.grouped(summary.connections)), \(NumberText.grouped(records)) to learn from",
    ])
    table.append(["without a score", summary.unfitText])
    if early > 0 {
      table.append(["of first minutes", "\(NumberText.grouped(early)), learned but not judged by"])
    }
    for (name, count, alarms) in marked {
      let told = alarms.map { "; the model tells \(NumberText.grouped($0)) of them" } ?? ""
      table.append(["marked \(name)", NumberText.grouped(count) + told])
    }
    if summary.unsure > 0 { table.append(["marked unsure", NumberText.grouped(summary.unsure)]) }
    table.append(["features", "hash \(featureHash)"])
    return table
  }

  /// The figures for programs.
  var json: JSON {
    [
      "runs": .integer(summary.runs), "connections": .integer(summary.connections),
      "records": .integer(records), "early": .integer(early),
      "without_score": .object(
        summary.unfit.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
      "damaged": .integer(summary.damaged.count), "unsure": .integer(summary.unsure),
      "budget": .number(Self.budget),
      "marked": .object(
        marked.map { name, count, alarms in
          .init(name, ["count": .integer(count), "alarms": alarms.map { .integer($0) } ?? .null])
        }),
    ]
  }
}
