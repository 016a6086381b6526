import CPicketFlow

/// The end of a dump: what the kernel did not name is gone.
extension Flow {
  /// Takes note of the end of a dump.
  ///
  /// What the kernel has named was heard of since it was asked; the others are due now, unless something was
  /// left out.
  ///
  /// - Parameter second: The number of the question, which is the second when it was asked.
  mutating func endDump(_ second: UInt32) {
    let asked = seconds(second)
    let isWhole = !isDumpBroken && asked <= now
    isDumpBroken = false
    guard isWhole else { return }
    lists[Int(truncatingIfNeeded: SilenceList.ended.rawValue)].goneBefore = asked
    lists[Int(truncatingIfNeeded: SilenceList.unansweredTold.rawValue)].goneBefore = asked
    lists[Int(truncatingIfNeeded: SilenceList.told.rawValue)].goneBefore = asked
  }

  /// Takes note that the kernel has forgotten a connection without saying so.
  mutating func lose(_ index: UInt32) {
    // Its DESTROY may lie unread behind the dump.
    toldEnds.remember(connections[index.int].hash)
    connections[index.int].learnLoss()
  }
}

extension Connection {
  /// What was counted since it was last heard of is not known, nor, unless it was closed, how it went on.
  fileprivate mutating func learnLoss() {
    if isEnded { return }
    event.packets = (0, 0)
    event.bytes = (0, 0)
    event.notes |= noBytes
    if isOver { return }
    event.notes |= noEnd
    let isUnanswered = Int(truncatingIfNeeded: event.flag) == PICKET_FLOW_S0
    if event.protocol == IPProtocol.tcp && !isUnanswered {
      event.flag = UInt8(truncatingIfNeeded: PICKET_FLOW_OTH)
    }
  }
}
