import PicketExport
import PicketMetrics
import PicketReport

/// What each element type makes of a network: bytes, time, detection, and how far scores move.
struct ElementTypeTable {
  /// One type's row; nil figures where the type cannot hold the network.
  struct Row {
    let type: ElementType
    var bytes: Int?
    var nanoseconds: Double?
    var aucPR: Double?
    var truePositiveRate: Double?
    /// The largest difference from float32's score, as a share of it.
    var difference: Float?
  }

  let rows: [Row]
  let normals: Int
  let anomalies: Int

  /// The share of normal records that may raise an alarm.
  static let budget = 0.01
  /// Times that the held-out records are scored; the median counts.
  private static let passes = 9

  /// Writes the network in every type, in memory, and scores its held-out records.
  init(_ trained: TrainedModel) throws {
    let width = max(trained.encoding.fieldCount, 1)
    let records = trained.heldOutNormal + trained.heldOutAnomalies
    normals = trained.heldOutNormal.count / width
    anomalies = trained.heldOutAnomalies.count / width
    let isAnomaly = (0..<normals + anomalies).map { [normals] in $0 >= normals }
    var exact: [Float] = []
    rows = try ElementType.allCases.map { type in
      var row = Row(type: type)
      // A network of other layers than the type can hold has no such file.
      guard
        let bytes = try? ModelWriter.write(
          trained, options: ExportOptions(elementType: type, byteOrder: .native))
      else { return row }
      row.bytes = bytes.count
      guard !records.isEmpty else { return row }
      let model = try LoadedModel(bytes: bytes)
      let (scores, seconds) = try Self.timed(model, records)
      row.nanoseconds = seconds * 1e9 / Double(scores.count)
      if exact.isEmpty { exact = scores }
      row.difference = zip(exact, scores).map { $0 == 0 ? 0 : abs($1 - $0) / abs($0) }.max()
      if let curve = DetectionCurve(scores: scores.map(Double.init), isAnomaly: isAnomaly) {
        row.aucPR = curve.averagePrecision
        row.truePositiveRate = curve.truePositiveRate(atFalsePositiveRate: Self.budget)
      }
      return row
    }
  }

  private static func timed(
    _ model: LoadedModel, _ records: [Float]
  ) throws -> (scores: [Float], seconds: Double) {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    var scores: [Float] = []
    for _ in 0..<passes {
      let start = clock.now
      let scored = try model.score(records: records)
      seconds.append((clock.now - start) / .seconds(1))
      scores = scored.map(\.score)
    }
    return (scores, seconds.sorted()[passes / 2])
  }

  /// For people at a terminal.
  func text(written: ElementType) -> String {
    var table = TextTable([
      .left("type"), .right("bytes"), .right("ns/record"), .right("AUC-PR"),
      .right("TPR at 1 %"), .right("largest difference"),
    ])
    func shown<Value>(_ value: Value?, _ text: (Value) -> String) -> String {
      value.map(text) ?? "-"
    }
    for row in rows {
      table.append([
        row.type.rawValue + (row.type == written ? " *" : ""),
        shown(row.bytes, NumberText.grouped), shown(row.nanoseconds) { NumberText.fixed($0, 0) },
        shown(row.aucPR) { NumberText.fixed($0, 4) },
        shown(row.truePositiveRate) { NumberText.fixed($0, 4) },
        shown(row.difference) { NumberText.percent(Double($0), significant: 2) },
      ])
    }
    return table.text() + note
  }

  private var note: String {
    var note =
      "  *: written. On \(NumberText.count(normals, "normal record")) and "
      + "\(NumberText.count(anomalies, "anomalous record")) that did not train. Nanoseconds are of "
      + "this\n  program, the median of \(Self.passes) passes; differences are shares of float32's "
      + "score.\n"
    if anomalies == 0 { note += "  Without labelled anomalies there is no detection to measure.\n" }
    if rows.contains(where: { $0.bytes == nil }) {
      note += "  A type without bytes cannot hold this network; --type says why.\n"
    }
    return note
  }

  /// For programs.
  var json: JSON {
    .array(
      rows.map { row in
        [
          "element_type": .string(row.type.rawValue),
          "bytes": row.bytes.map { .integer($0) } ?? .null,
          "nanoseconds_per_record": row.nanoseconds.map { .number($0) } ?? .null,
          "auc_pr": row.aucPR.map { .number($0) } ?? .null,
          "tpr_at_1_percent_fpr": row.truePositiveRate.map { .number($0) } ?? .null,
          "largest_relative_score_difference": row.difference.map { .float($0) } ?? .null,
        ]
      })
  }
}
