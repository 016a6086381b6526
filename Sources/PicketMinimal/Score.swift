import CPicket

/// The smallest archive has one kernel set.
@inline(__always)
func processorLevel(for model: Model) -> UInt32 { 1 }

/// Scores one record; declared, and explained, in include/picket.h.
@c @implementation
public func picket_score(
  _ model: UnsafePointer<picket_model>!, _ record: UnsafePointer<Float>!,
  _ scratch: UnsafeMutableRawPointer!, _ scratch_size: Int,
  _ result: UnsafeMutablePointer<picket_result>!
) -> Int32 {
  guard let view = modelView(model), let record, let scratch, let result else {
    return status(PICKET_E_ARGUMENT)
  }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  // A size beyond the signed range arrives negative and is enough.
  guard scratch_size < 0 || scratch_size >= view.pointee.scratchBytes else {
    return status(PICKET_E_SCRATCH)
  }
  return status(view.pointee.score(record, scratch: scratch, into: &result.pointee))
}
