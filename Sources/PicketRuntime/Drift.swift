import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// Sets a monitor up for a model.
@c @implementation
public func picket_drift_init(
  _ drift: UnsafeMutablePointer<picket_drift>!, _ model: UnsafePointer<picket_model>!
) -> Int32 {
  guard let drift, let view = modelView(model) else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  let isDivided = DriftMonitor(UnsafeMutableRawPointer(drift)).setUp(view.pointee)
  return status(isDivided ? PICKET_OK : PICKET_E_UNSUPPORTED)
}

/// Counts one score.
@c @implementation
public func picket_drift_add(
  _ drift: UnsafeMutablePointer<picket_drift>!, _ score: Float
) -> Int32 {
  guard let drift = driftView(drift) else { return status(PICKET_E_ARGUMENT) }
  guard score - score == 0 else { return status(PICKET_E_NOT_FINITE) }
  drift.add(score)
  return status(PICKET_OK)
}

/// Counts the scores of results.
@c @implementation
public func picket_drift_add_results(
  _ drift: UnsafeMutablePointer<picket_drift>!, _ results: UnsafePointer<picket_result>!,
  _ count: Int
) -> Int32 {
  guard let drift = driftView(drift), let results, count >= 0 else {
    return status(PICKET_E_ARGUMENT)
  }
  var i = 0
  while i < count {
    guard results[i].score - results[i].score == 0 else { return status(PICKET_E_NOT_FINITE) }
    i &+= 1
  }
  i = 0
  while i < count {
    drift.add(results[i].score)
    i &+= 1
  }
  return status(PICKET_OK)
}

/// Adds another monitor's counts.
@c @implementation
public func picket_drift_merge(
  _ drift: UnsafeMutablePointer<picket_drift>!, _ other: UnsafePointer<picket_drift>!
) -> Int32 {
  guard let drift = driftView(drift), let other = driftView(UnsafeMutablePointer(mutating: other))
  else { return status(PICKET_E_ARGUMENT) }
  return status(drift.merge(other) ? PICKET_OK : PICKET_E_ARGUMENT)
}

/// Forgets all scores.
@c @implementation
public func picket_drift_reset(_ drift: UnsafeMutablePointer<picket_drift>!) -> Int32 {
  guard let drift = driftView(drift) else { return status(PICKET_E_ARGUMENT) }
  drift.reset()
  return status(PICKET_OK)
}

/// How far the counted scores are from the calibration scores.
@c @implementation
public func picket_drift_report(
  _ drift: UnsafePointer<picket_drift>!, _ figures: UnsafeMutablePointer<picket_drift_figures>!
) -> Int32 {
  guard let drift = driftView(UnsafeMutablePointer(mutating: drift)), let figures else {
    return status(PICKET_E_ARGUMENT)
  }
  drift.report(into: &figures.pointee)
  return status(PICKET_OK)
}

/// The monitor inside a caller's `picket_drift`, or nil if there is none or it was not set up.
@inline(__always)
private func driftView(_ drift: UnsafeMutablePointer<picket_drift>?) -> DriftMonitor? {
  guard let drift else { return nil }
  let view = DriftMonitor(UnsafeMutableRawPointer(drift))
  return view.isSetUp ? view : nil
}
