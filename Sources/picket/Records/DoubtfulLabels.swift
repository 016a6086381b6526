import PicketData
import PicketReport
import PicketText

/// A word on labels that are taken for those of anomalies, and look otherwise.
enum DoubtfulLabels {
  private static let shown = 4

  static func tell(_ table: Table) {
    let doubtful = table.doubtfulAnomalies
    guard !doubtful.isEmpty else { return }
    let list = doubtful.prefix(shown).map { label, rows in
      "'\(label.shown(atMost: 40))' (\(NumberText.count(rows, "row")))"
    }
    let more = doubtful.count > shown ? " and \(doubtful.count - shown) more" : ""
    let normal = table.schema.normalLabels.map { "'\($0.shown(atMost: 40))'" }
    StandardError.note(
      "\(table.source.file): the label\(doubtful.count == 1 ? "" : "s") "
        + "\(list.joined(separator: ", "))\(more) count\(doubtful.count == 1 ? "s" : "") as anomalous, "
        + "because the schema's 'normal' lists \(normal.joined(separator: ", ")); list what is normal "
        + "there, and leave out rows that nobody labelled")
  }
}
