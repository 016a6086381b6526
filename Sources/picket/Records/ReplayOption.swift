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
      "At how many moments of the log a connection that was marked as a false alert is learned as "
        + "normal. (default: so many that they are 2 % of the rows, and \(leastFalseWeight) at least)",
      valueName: "n"))
  var falseWeight: Int?

  private static let leastFalseWeight = 20

  /// The rows of a log's first minutes, unless they are more than a twentieth of it.
  ///
  /// They show how far numbers can go. But no threshold is made by them, since picketd does not score
  /// such ones; and of a short log they are better than nothing.
  static func learnedOnly(of replay: ReplayRecords, _ rows: Int) -> [Int] {
    replay.earlyRows.count * 20 <= rows ? replay.earlyRows : []
  }

  /// What is learned of false alerts.
  struct Lesson {
    /// The rows that were marked.
    let falseAlerts: [Int]
    /// The same connections at other moments of the log.
    ///
    /// One row of ten thousand teaches nothing: the network spends its few numbers on what is common.
    /// And the same row again and again teaches nothing about the next time, when other connections
    /// are around it.
    let moments: Table
    /// At how many moments each is learned.
    let weight: Int
  }

  /// What is to be learned of a log's false alerts beside some other rows; nil if there are none.
  func lesson(_ replay: ReplayRecords, among rows: Int) -> Lesson? {
    let count = replay.falseAlerts.count
    guard count > 0 else { return nil }
    let weight = falseWeight ?? max(rows / 50 / count, Self.leastFalseWeight)
    return Lesson(
      falseAlerts: replay.falseAlerts,
      moments: replay.falseAlerts(atMoments: weight * count, phase: 0.25), weight: weight)
  }

  func validate() throws {
    if labels != nil, replay == nil {
      throw ValidationError("--labels is for --replay: CSV files have a label column")
    }
    if let falseWeight, !(1...100_000).contains(falseWeight) {
      throw ValidationError(
        "--false-weight \(falseWeight): expected a whole number from 1 to 100,000")
    }
  }

  /// What --labels names; nil without it.
  func labelFile() throws(DataError) -> SourceFile? {
    guard let labels else { return nil }
    return try SourceFile(path: labels)
  }

  /// Reads the log, and tells what was passed over; nil without --replay.
  func read(_ labels: SourceFile?, _ badRows: BadRowsOption) throws(DataError) -> ReplayRecords? {
    guard let replay else { return nil }
    return try Self.read(replay, labels: labels, badRows)
  }

  /// Reads a log, and tells what was passed over.
  static func read(
    _ path: String, labels: SourceFile?, _ badRows: BadRowsOption
  ) throws(DataError) -> ReplayRecords {
    let marks = try labels.map { file throws(DataError) in try ConnectionMarks(file) }
    let records = try ReplayRecords(
      path: path, marks: marks ?? ConnectionMarks(), badRows: badRows.skipBadRows ? .skip : .fail)
    BadRowsOption.tell(of: records.summary.damaged, in: path)
    if records.summary.tornBytes > 0 {
      StandardError.note(
        "\(path): passed over \(records.summary.tornBytes) bytes of records that were cut off")
    }
    for line in records.summary.idleMarks {
      StandardError.note(
        "\(labels?.path ?? ""):\(line): fits no connection of the log; is it one of this log, and was "
          + "log.while_running true?")
    }
    return records
  }
}
