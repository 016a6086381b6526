import CPicketFlow
import PicketFlow

extension ReplayRecords {
  /// The connections that were marked as false alerts, as they would have been at other moments.
  ///
  /// A connection that comes again finds other connections around it: nineteen of its columns are windows.
  /// So each marked one is begun anew behind some connections of the log, at even distances, and its
  /// record is computed there by the daemon's code. The log itself goes on as if nothing had been.
  ///
  /// - Parameters:
  ///   - count: How many records; the marked connections take turns.
  ///   - phase: Where in the first of `count` parts of the log the first lies, 0 ..< 1: two phases give
  ///     different moments.
  /// - Returns: A table of normal rows, of the last file by its source.
  public func falseAlerts(atMoments count: Int, phase: Double) -> Table {
    let flow = FlowReplay(specification, connections: log.mostOpen + 1)
    let connections = log.beginCount
    let count = falseAlertEvents.isEmpty ? 0 : count
    var columns = FlowTableBuilder()
    var begun = 0
    var next = 0
    func moment(_ index: Int) -> Int {
      Int((Double(index) + phase) * Double(connections) / Double(max(count, 1)))
    }
    for file in log.files {
      file.forEachRecord { _, bytes in
        let view = LogRecordView(bytes)
        if view.beginsRun { flow.restart() }
        guard flow.take(bytes) == Int32(PICKET_FLOW_OK) else { return }
        flow.drain { _, _ in }
        guard !view.isEnd else { return }
        while next < count, moment(next) <= begun {
          let alert = falseAlertEvents[next % falseAlertEvents.count]
          flow.record(of: alert, at: view.start) { record in
            if record.allSatisfy(\.isFinite) { columns.append(record, isNormal: true) }
          }
          next += 1
        }
        begun += 1
      }
    }
    return columns.table(of: log.files[log.files.count - 1], specification)
  }
}

extension FlowReplay {
  /// Lends the record that a connection would have if it began at a time, and forgets it again.
  fileprivate func record(
    of event: picket_flow_event, at time: UInt64, _ body: (UnsafeBufferPointer<Float>) -> Void
  ) {
    withSavedState {
      var whole = event
      whole.id = 0
      whole.start_ns = time
      whole.end_ns = time
      whole.kind = UInt8(PICKET_FLOW_BEGIN)
      whole.reason = 0
      guard add(whole) else { return }
      drain { _, _ in }
      whole.end_ns = time + min(event.end_ns - event.start_ns, .max - time)
      whole.kind = UInt8(PICKET_FLOW_END)
      whole.reason = event.reason
      guard add(whole) else { return }
      drain { ended, record in
        let isOwn =
          ended.start_ns == time && ended.source_port == event.source_port
          && ended.destination_port == event.destination_port
        if isOwn { body(record) }
      }
    }
  }
}
