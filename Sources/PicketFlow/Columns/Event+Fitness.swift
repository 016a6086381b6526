import CPicketFlow

extension picket_flow_event {
  /// Why its record must neither be scored nor learned from: PICKET_FLOW_FIT, or the first cause.
  var unfitness: Int {
    let notes = Int(truncatingIfNeeded: notes)
    if notes & PICKET_FLOW_OFFLOADED != 0 { return PICKET_FLOW_UNFIT_OFFLOADED }
    if notes & PICKET_FLOW_NO_BYTES != 0 { return PICKET_FLOW_UNFIT_BYTES }
    // The last change of a TCP state is near enough to its end.
    let hasStates = self.protocol == IPProtocol.tcp && notes & PICKET_FLOW_NO_START == 0
    if notes & PICKET_FLOW_NO_END != 0, !hasStates { return PICKET_FLOW_UNFIT_END }
    let isCutOff = Int(truncatingIfNeeded: reason) == PICKET_FLOW_FINISHED
    return isCutOff ? PICKET_FLOW_UNFIT_CUT_OFF : PICKET_FLOW_FIT
  }
}
