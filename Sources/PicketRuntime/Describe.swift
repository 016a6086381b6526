import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// One field of the records that a model scores.
@c @implementation
public func picket_field_info(
  _ model: UnsafePointer<picket_model>!, _ index: Int,
  _ field: UnsafeMutablePointer<picket_field>!
) -> Int32 {
  guard let view = modelView(model), let field else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard view.pointee.describe(field: index, into: &field.pointee) else {
    return status(PICKET_E_ARGUMENT)
  }
  return status(PICKET_OK)
}

/// The index of a field by name.
@c @implementation
public func picket_field_index(
  _ model: UnsafePointer<picket_model>!, _ name: UnsafePointer<CChar>!,
  _ index: UnsafeMutablePointer<Int>!
) -> Int32 {
  guard let view = modelView(model), let name, let index else {
    return status(PICKET_E_ARGUMENT)
  }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard let length = nameLength(name) else { return status(PICKET_E_NOT_FOUND) }
  let text = UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
  let found = view.pointee.fieldIndex(named: text, length)
  guard found >= 0 else { return status(PICKET_E_NOT_FOUND) }
  index.pointee = found
  return status(PICKET_OK)
}

/// The number that stands for a category in a record.
@c @implementation
public func picket_category_index(
  _ model: UnsafePointer<picket_model>!, _ field: Int, _ name: UnsafePointer<CChar>!,
  _ value: UnsafeMutablePointer<Float>!
) -> Int32 {
  guard let view = modelView(model), let name, let value else {
    return status(PICKET_E_ARGUMENT)
  }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard view.pointee.isSymbolic(field: field) else { return status(PICKET_E_ARGUMENT) }
  guard let length = nameLength(name) else { return status(PICKET_E_NOT_FOUND) }
  let text = UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
  let found = view.pointee.categoryIndex(field: field, named: text, length)
  guard found >= 0 else { return status(PICKET_E_NOT_FOUND) }
  value.pointee = Float(found)
  return status(PICKET_OK)
}

/// The name of a category.
@c @implementation
public func picket_category_name(
  _ model: UnsafePointer<picket_model>!, _ field: Int, _ index: Int,
  _ name: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> Int32 {
  guard let view = modelView(model), let name else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard let text = view.pointee.categoryName(field: field, index: index) else {
    return status(PICKET_E_ARGUMENT)
  }
  name.pointee = text
  return status(PICKET_OK)
}
