import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// The p-value of a score.
@c @implementation
public func picket_p_value(
  _ model: UnsafePointer<picket_model>!, _ score: Float, _ p_value: UnsafeMutablePointer<Float>!
) -> Int32 {
  guard let view = modelView(model), let p_value else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard score - score == 0 else { return status(PICKET_E_ARGUMENT) }
  p_value.pointee = view.pointee.pValue(score)
  return status(PICKET_OK)
}

/// The score from which on a record is an alarm, for a false-alarm budget.
@c @implementation
public func picket_threshold(
  _ model: UnsafePointer<picket_model>!, _ rate: Float,
  _ threshold: UnsafeMutablePointer<Float>!
) -> Int32 {
  guard let view = modelView(model), let threshold else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard rate > 0 && rate < 1 else { return status(PICKET_E_ARGUMENT) }
  guard rate >= view.pointee.smallestTail else { return status(PICKET_E_BUDGET) }
  threshold.pointee = view.pointee.threshold(rate)
  return status(PICKET_OK)
}
