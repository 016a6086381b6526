import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// Each field's contribution to one score.
@c @implementation
@_optimize(speed)
public func picket_explain(
  _ model: UnsafePointer<picket_model>!, _ record: UnsafePointer<Float>!,
  _ scratch: UnsafeMutableRawPointer!, _ scratch_size: Int,
  _ contributions: UnsafeMutablePointer<Float>!, _ result: UnsafeMutablePointer<picket_result>!
) -> Int32 {
  guard let view = modelView(model), let record, let scratch, let contributions else {
    return status(PICKET_E_ARGUMENT)
  }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  // A size beyond the signed range arrives negative and is enough.
  guard scratch_size < 0 || scratch_size >= view.pointee.explainScratchBytes else {
    return status(PICKET_E_SCRATCH)
  }
  var explained = picket_result()
  let code: Int32
  if view.pointee.reconstructs {
    var scored = 0
    code = dispatch(
      view.pointee.level, view, record, 0, 1, scratch, scratch_size, &explained, &scored)
    guard code == status(PICKET_OK) else { return code }
    view.pointee.explainReconstruction(scratch: scratch, contributions: contributions)
  } else {
    code = status(
      Model.explainDistance(
        view, record, scratch: scratch, contributions: contributions, into: &explained))
    guard code == status(PICKET_OK) else { return code }
  }
  if let result { result.pointee = explained }
  return code
}

/// Bytes of scratch that explaining needs under this model.
@c @implementation
public func picket_explain_scratch_size(_ model: UnsafePointer<picket_model>!) -> Int {
  guard let view = modelView(model), view.pointee.isOpen else { return 0 }
  return view.pointee.explainScratchBytes
}
