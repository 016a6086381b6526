import ArgumentParser
import PicketData
import PicketReport

/// The choice of a gateway's log as data.
struct ReplayOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Learn from the log of a gateway instead of CSV files.",
      discussion: """
        The log.path of 'picketd learn'; rotated files and the .specification beside it are found. \
        The model then fits that gateway, and no other kind of records.
        """, valueName: "site.log"))
  var replay: String?

  @Option(
    help: ArgumentHelp(
      "What 'picket label' wrote about connections of the log.", valueName: "site.labels"))
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "How often a connection that was marked as a false alert is learned as normal.",
      valueName: "n"))
  var falseWeight = ReplayOption.usualFalseWeight

  static let usualFalseWeight = 20

  func validate() throws {
    if labels != nil, replay == nil {
      throw ValidationError("--labels is for --replay: CSV files have a label column")
    }
    guard (1...1000).contains(falseWeight) else {
      throw ValidationError("--false-weight \(falseWeight): expected a whole number from 1 to 1000")
    }
  }

  /// Reads the log, and tells what was passed over; nil without --replay.
  func read(_ badRows: BadRowsOption) throws(DataError) -> ReplayRecords? {
    guard let replay else { return nil }
    return try Self.read(replay, labels: labels, badRows)
  }

  /// Reads a log, and tells what was passed over.
  static func read(
    _ path: String, labels: String?, _ badRows: BadRowsOption
  ) throws(DataError) -> ReplayRecords {
    let marks = try labels.map { path throws(DataError) in try ConnectionMarks(path: path) }
    let records = try ReplayRecords(
      path: path, marks: marks ?? ConnectionMarks(), badRows: badRows.skipBadRows ? .skip : .fail)
    BadRowsOption.tell(of: records.summary.damaged, in: path)
    if records.summary.tornBytes > 0 {
      StandardError.note(
        "\(path): passed over \(records.summary.tornBytes) bytes of records that were cut off")
    }
    for line in records.summary.idleMarks {
      StandardError.note(
        "\(labels ?? ""):\(line): fits no connection of the log; is it one of this log, and was "
          + "log.while_running true?")
    }
    return records
  }
}
