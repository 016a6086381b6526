import CPicketFlow
import PicketFlow

/// The records of a replay log: what the daemon would have scored, bit for bit.
public struct ReplayRecords: Sendable {
  /// What the columns mean, for the model file.
  public let specification: FlowSpecification
  /// The records, a table a file of the log, oldest first; the label is `normal` or `anomaly`.
  public let tables: [Table]
  /// The rows that an operator called false alerts, numbered through the tables, ascending.
  public let falseAlerts: [Int]
  /// The normal rows of connections that began while the windows of a run were filling, ascending: fewer
  /// connections came before them than a window looks at, so that they are like no later ones.
  ///
  /// The daemon does not score such ones, in its first minutes.
  public let earlyRows: [Int]
  /// What was read, and what was passed over.
  public let summary: Summary
  /// The connections that they were, in the same order.
  let falseAlertEvents: [picket_flow_event]
  let log: ReplayLog

  /// What was read, and what was passed over.
  public struct Summary: Sendable, Equatable {
    /// How often the daemon was started while it wrote the log.
    public var runs = 0
    /// Connections that ended, with or without a record here.
    public var connections = 0
    /// Connections that get no score and teach nothing, by reason.
    public var unfit: [String: Int] = [:]
    /// Connections that a label file leaves out.
    public var unsure = 0
    /// Damaged records that were passed over.
    public var damaged = Table.SkippedRows()
    /// Bytes of records that were cut off when the daemon was killed.
    public var tornBytes = 0
    /// Lines of the label file that fit no record.
    public var idleMarks: [Int] = []
  }

  /// Reads a log, the files that rotation made of it, and its specification.
  ///
  /// - Parameters:
  ///   - path: The daemon's `log.path`.
  ///   - marks: What an operator said of its connections.
  ///   - badRows: What to do with damaged records; a cut-off last one is no fault.
  /// - Throws: `DataError` naming the file, the byte and the record.
  public init(
    path: String, marks: ConnectionMarks = ConnectionMarks(), badRows: BadRows = .fail
  ) throws(DataError) {
    let log = try ReplayLog(path: path)
    specification = try FlowSpecification(path: path + ".specification")
    let flow = FlowReplay(specification, connections: log.mostOpen)
    var judge = MarkMatcher(marks)
    var summary = Summary()
    var tables: [Table] = []
    var falseAlerts: [Int] = []
    var falseAlertEvents: [picket_flow_event] = []
    var earlyRows: [Int] = []
    var earliest: UInt64 = 0
    var firstRow = 0
    for file in log.files {
      var columns = FlowTableBuilder()
      try file.forEachRecord { index, bytes throws(DataError) in
        if LogRecordView(bytes).beginsRun {
          flow.restart()
          summary.runs += 1
          earliest = LogRecordView(bytes).start
        }
        let status = flow.take(bytes)
        guard status == Int32(PICKET_FLOW_OK) else {
          let fault = file.fault(index, status)
          guard case .skip = badRows else { throw fault }
          summary.damaged.add(fault)
          return
        }
        flow.drain { event, record in
          summary.connections += 1
          if let reason = Self.reason(event, record) {
            summary.unfit[reason, default: 0] += 1
            return
          }
          switch judge.verdict(of: event) {
          case .unsure?: summary.unsure += 1
          case .isTrue?: columns.append(record, isNormal: false)
          case .isFalse?:
            falseAlerts.append(firstRow + columns.rowCount)
            falseAlertEvents.append(event)
            columns.append(record, isNormal: true)
          case nil:
            if flow.wasFilling(event, runBegan: earliest) {
              earlyRows.append(firstRow + columns.rowCount)
            }
            columns.append(record, isNormal: true)
          }
        }
      }
      summary.tornBytes += file.tornBytes
      firstRow += columns.rowCount
      tables.append(columns.table(of: file, specification))
    }
    guard firstRow > 0 else {
      throw DataError(
        file: path, found: "no record that could be scored (\(summary.unfitText))",
        expected: "connections with bytes and an end",
        advice: "see docs/GATEWAY.md on the kernel's settings, and learn longer")
    }
    summary.idleMarks = judge.idleLines
    self.tables = tables
    self.falseAlerts = falseAlerts
    self.earlyRows = earlyRows
    self.falseAlertEvents = falseAlertEvents
    self.log = log
    self.summary = summary
  }

  /// Why the daemon would not score a record, or nil if it would.
  private static func reason(
    _ event: picket_flow_event, _ record: UnsafeBufferPointer<Float>
  ) -> String? {
    var event = event
    switch Int(picket_flow_unfit(&event)) {
    case PICKET_FLOW_UNFIT_OFFLOADED: return "offloaded"
    case PICKET_FLOW_UNFIT_BYTES: return "accounting off"
    case PICKET_FLOW_UNFIT_END: return "end unknown"
    case PICKET_FLOW_UNFIT_START: return "start unknown"
    case PICKET_FLOW_UNFIT_CUT_OFF: return "cut off"
    default: return record.allSatisfy(\.isFinite) ? nil : "a number unknown"
    }
  }
}

extension ReplayRecords.Summary {
  /// The unfit connections by reason, as `3 offloaded, 1 cut off`; `none` if there are none.
  public var unfitText: String {
    let parts = unfit.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}
