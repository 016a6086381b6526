import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// What a model is and costs.
@c @implementation
public func picket_model_info(
  _ model: UnsafePointer<picket_model>!, _ info: UnsafeMutablePointer<picket_info>!
) -> Int32 {
  guard let view = modelView(model), let info else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  view.pointee.describe(into: &info.pointee)
  return status(PICKET_OK)
}
