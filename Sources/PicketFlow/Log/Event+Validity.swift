import CPicketFlow

extension picket_flow_event {
  /// Whether it can be: its kind, protocol, flag and reason are known, it ends after it starts, has no
  /// number if nobody saw it begin, and otherwise one that another can follow.
  var isPossible: Bool {
    let number = Int(truncatingIfNeeded: kind)
    let isEnd = number == PICKET_FLOW_END
    guard isEnd || number == PICKET_FLOW_BEGIN, isKnown(`protocol`) else { return false }
    return Int(truncatingIfNeeded: flag) <= PICKET_FLOW_SHR
      && Int(truncatingIfNeeded: reason) <= (isEnd ? PICKET_FLOW_TOLD : 0)
      && end_ns >= start_ns && (notes & noStart == 0 || id == 0) && id != .max
  }
}
