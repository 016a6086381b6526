import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// Checks a model and makes it ready to score.
@c @implementation
public func picket_open(
  _ model: UnsafeMutablePointer<picket_model>!, _ bytes: UnsafeRawPointer!, _ size: Int,
  _ check: UnsafeMutablePointer<UInt32>!
) -> Int32 {
  // size_t arrives signed: a size beyond the signed range is as absurd as a negative one.
  guard let model, size >= 0, bytes != nil || size == 0 else {
    if let check { check.pointee = 0 }
    return status(PICKET_E_ARGUMENT)
  }
  guard let bytes else {
    if let check { check.pointee = 2 }
    return status(PICKET_E_TRUNCATED)
  }
  do throws(FormatError) {
    var opened = try Model.open(bytes, size: size)
    opened.level = processorLevel(for: opened)
    UnsafeMutableRawPointer(model).storeBytes(of: opened, as: Model.self)
    return status(PICKET_OK)
  } catch {
    if let check { check.pointee = error.check }
    return error.status
  }
}

/// Bytes of scratch that scoring needs under this model.
@c @implementation
public func picket_scratch_size(_ model: UnsafePointer<picket_model>!) -> Int {
  guard let view = modelView(model), view.pointee.isOpen else { return 0 }
  return view.pointee.scratchBytes
}

/// `PICKET_VERSION` as the library was built.
@c @implementation
public func picket_version() -> UInt32 {
  let (major, minor, patch) =
    (PICKET_VERSION_MAJOR, PICKET_VERSION_MINOR, PICKET_VERSION_PATCH)
  return UInt32(truncatingIfNeeded: major << 16 | minor << 8 | patch)
}

/// `PICKET_ABI_VERSION` as the library was built.
@c @implementation
public func picket_abi_version() -> UInt32 {
  UInt32(truncatingIfNeeded: PICKET_ABI_VERSION)
}

/// `PICKET_FORMAT_VERSION` as the library was built.
@c @implementation
public func picket_format_version() -> UInt32 {
  UInt32(truncatingIfNeeded: PICKET_FORMAT_VERSION)
}
