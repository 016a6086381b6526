import CPicketFlow

/// The connections of a log as they end, sorted by what an operator said of them.
struct GatheredConnections {
  /// A table a file that was closed.
  private(set) var tables: [Table] = []
  /// Rows that were called false alerts, numbered through the tables, ascending.
  private(set) var falseAlerts: [Int] = []
  /// Their connections.
  private(set) var falseAlertEvents: [picket_flow_event] = []
  /// Normal rows of connections that began before their windows were full, ascending.
  private(set) var earlyRows: [Int] = []
  /// What was read, and what was passed over.
  var summary = ReplayRecords.Summary()
  private var judge: MarkMatcher
  private var columns = FlowTableBuilder()
  private var closedRows = 0

  /// Starts with none.
  init(_ marks: ConnectionMarks) { judge = MarkMatcher(marks) }

  /// The rows of all tables and of the file that is open.
  var rowCount: Int { closedRows + columns.rowCount }

  /// Lines of the label file that fitted no connection.
  var idleLines: [Int] { judge.idleLines }

  /// Adds a connection.
  ///
  /// - Parameters:
  ///   - event: Its end.
  ///   - record: Its fields.
  ///   - unfit: Why it would not be scored, if it would not.
  ///   - isEarly: Whether it began before its windows were full; asked only of what is not marked.
  mutating func add(
    _ event: picket_flow_event, _ record: UnsafeBufferPointer<Float>, unfit: String?,
    isEarly: @autoclosure () -> Bool
  ) {
    summary.connections += 1
    if let unfit {
      summary.unfit[unfit, default: 0] += 1
      return
    }
    switch judge.verdict(of: event) {
    case .unsure?: summary.unsure += 1
    case .isTrue?: columns.append(record, isNormal: false)
    case .isFalse?:
      falseAlerts.append(rowCount)
      falseAlertEvents.append(event)
      columns.append(record, isNormal: true)
    case nil:
      if isEarly() { earlyRows.append(rowCount) }
      columns.append(record, isNormal: true)
    }
  }

  /// Makes a table of the connections since the last file.
  mutating func close(_ file: ReplayLog.File, _ specification: FlowSpecification) {
    summary.tornBytes += file.tornBytes
    tables.append(columns.table(of: file, specification))
    closedRows = rowCount
    columns = FlowTableBuilder()
  }
}
