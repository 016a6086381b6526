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
    var gathered = GatheredConnections(marks)
    var runBegan: UInt64 = 0
    for file in log.files {
      try file.forEachRecord { index, bytes throws(DataError) in
        if LogRecordView(bytes).beginsRun {
          flow.restart()
          gathered.summary.runs += 1
          runBegan = LogRecordView(bytes).start
        }
        let status = flow.take(bytes)
        guard status == Int32(PICKET_FLOW_OK) else {
          let fault = file.fault(index, status)
          guard case .skip = badRows else { throw fault }
          gathered.summary.damaged.add(fault)
          return
        }
        flow.drain { event, record in
          gathered.add(
            event, record, unfit: Self.reason(event, record),
            isEarly: flow.wasFilling(event, runBegan: runBegan))
        }
      }
      gathered.close(file, specification)
    }
    guard gathered.rowCount > 0 else {
      throw DataError(
        file: path, found: "no record that could be scored (\(gathered.summary.unfitText))",
        expected: "connections with bytes and an end",
        advice: "see docs/GATEWAY.md on the kernel's settings, and learn longer")
    }
    gathered.summary.idleMarks = gathered.idleLines
    tables = gathered.tables
    falseAlerts = gathered.falseAlerts
    earlyRows = gathered.earlyRows
    falseAlertEvents = gathered.falseAlertEvents
    summary = gathered.summary
    self.log = log
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
