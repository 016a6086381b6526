import CPicketFlow

extension picket_flow_event {
  /// Why its record must neither be scored nor learned from: PICKET_FLOW_FIT, or the first cause.
  var unfitness: Int {
    let notes = Int(truncatingIfNeeded: notes)
    // What else is not known of it, its source would have told later.
    if Int(truncatingIfNeeded: reason) == PICKET_FLOW_FINISHED, !isClosed {
      return PICKET_FLOW_UNFIT_CUT_OFF
    }
    if notes & PICKET_FLOW_OFFLOADED != 0 { return PICKET_FLOW_UNFIT_OFFLOADED }
    if notes & PICKET_FLOW_NO_BYTES != 0 { return PICKET_FLOW_UNFIT_BYTES }
    // The last change of a TCP state is near enough to its end, if it has a name.
    let hasStates =
      self.protocol == IPProtocol.tcp && notes & PICKET_FLOW_NO_START == 0
      && Int(truncatingIfNeeded: flag) != PICKET_FLOW_OTH
    if notes & PICKET_FLOW_NO_END != 0, !hasStates { return PICKET_FLOW_UNFIT_END }
    return notes & PICKET_FLOW_NO_START != 0 ? PICKET_FLOW_UNFIT_START : PICKET_FLOW_FIT
  }

  /// Whether its ends have closed or reset it, so that nothing more can come.
  private var isClosed: Bool {
    guard self.protocol == IPProtocol.tcp else { return false }
    let flag = Int(truncatingIfNeeded: flag)
    return flag == PICKET_FLOW_SF || flag == PICKET_FLOW_REJ || flag == PICKET_FLOW_RSTO
      || flag == PICKET_FLOW_RSTR || flag == PICKET_FLOW_RSTOS0
  }
}
