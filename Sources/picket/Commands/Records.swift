import ArgumentParser
import PicketData
import PicketReport

/// `picket records`: a gateway's log as text.
struct Records: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the records of a gateway's log as CSV.",
    discussion: """
      The 26 columns and a label for each connection that 'picket train --replay' would look at, to \
      the bits that the gateway scores: what was learned, for a look or for other programs.

      EXAMPLES:
        picket records site.log > records.csv
        picket records site.log --labels site.labels | grep anomaly
      """)

  @Argument(help: ArgumentHelp("The log.path of 'picketd learn'.", valueName: "site.log"))
  var log: String

  @Option(
    help: ArgumentHelp(
      "What 'picket label' wrote about connections of the log.", valueName: "site.labels"))
  var labels: String?

  @OptionGroup var badRows: BadRowsOption

  func run() throws {
    let marks = try labels.map { path throws(DataError) in try SourceFile(path: path) }
    let records = try ReplayOption.read(log, labels: marks, badRows)
    var output = StandardOutput()
    try output.write(Schema.flow.columns.map(\.name).joined(separator: ",") + "\n")
    for table in records.tables {
      for row in 0..<table.rowCount {
        let cells = table.fields.map { Self.text(of: $0, row) }
        try output.write((cells + [table.label(ofRow: row) ?? ""]).joined(separator: ",") + "\n")
      }
    }
    try output.flush()
    let summary = records.summary
    StandardError.note(
      "\(NumberText.count(records.tables.reduce(0) { $0 + $1.rowCount }, "record")) of "
        + "\(NumberText.count(summary.connections, "connection")); without one: "
        + "\(summary.unfitText); unsure: \(summary.unsure)")
  }

  /// A cell; a number with the digits that bring its bits back.
  private static func text(of field: Table.Field, _ row: Int) -> String {
    switch field {
    case .symbolic(let column): column.names[Int(column.codes[row])]
    case .numeric(let column):
      Int32(exactly: column.values[row]).map(String.init) ?? column.values[row].description
    }
  }
}
