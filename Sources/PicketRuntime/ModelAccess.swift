import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

/// The model inside a caller's `picket_model`, or nil if the pointer is null.
///
/// `Model` is a plain value that fits into the private words; a test holds it to that.
@inline(__always)
func modelView(_ model: UnsafePointer<picket_model>?) -> UnsafePointer<Model>? {
  guard let model else { return nil }
  return UnsafeRawPointer(model).assumingMemoryBound(to: Model.self)
}

/// A status as the C functions return it.
@inline(__always)
func status(_ code: Int) -> Int32 {
  Int32(truncatingIfNeeded: code)
}

/// The length of a NUL-terminated name, or nil if it is longer than any name can be.
func nameLength(_ name: UnsafePointer<CChar>) -> Int? {
  var length = 0
  while name[length] != 0 {
    length &+= 1
    guard length <= Int(PICKET_MAX_NAME) else { return nil }
  }
  return length
}
