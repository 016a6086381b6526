import CPicket

#if !PICKET_ARCHIVE
  import PicketCore
#endif

// Each function here is declared, and explained, in include/picket.h.

/// Turns one line of text into a record.
@c @implementation
@_optimize(speed)
public func picket_record_parse(
  _ model: UnsafePointer<picket_model>!, _ line: UnsafePointer<CChar>!, _ length: Int,
  _ delimiter: CChar, _ record: UnsafeMutablePointer<Float>!,
  _ bad_field: UnsafeMutablePointer<Int>!
) -> Int32 {
  let separator = UInt8(bitPattern: Int8(truncatingIfNeeded: delimiter))
  guard let view = modelView(model), let line, let record, length >= 0, length <= mostLineBytes,
    canSeparate(separator)
  else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  var badField = 0
  let text = UnsafeRawPointer(line).assumingMemoryBound(to: UInt8.self)
  let parsed = view.pointee.parse(
    text, length, delimiter: separator, into: record, badField: &badField)
  guard parsed else {
    if let bad_field { bad_field.pointee = badField }
    return status(PICKET_E_PARSE)
  }
  return status(PICKET_OK)
}

/// Scores one record.
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
  guard isEnough(scratch_size, view) else { return status(PICKET_E_SCRATCH) }
  return dispatchOne(view.pointee.level, view, record, scratch, scratch_size, result)
}

/// Scores records that stand one after the other, until one is refused.
@c @implementation
public func picket_score_batch(
  _ model: UnsafePointer<picket_model>!, _ records: UnsafePointer<Float>!, _ stride: Int,
  _ count: Int, _ scratch: UnsafeMutableRawPointer!, _ scratch_size: Int,
  _ results: UnsafeMutablePointer<picket_result>!, _ scored: UnsafeMutablePointer<Int>!
) -> Int32 {
  guard let view = modelView(model), let records, let scratch, let results, let scored,
    count >= 0
  else { return status(PICKET_E_ARGUMENT) }
  guard view.pointee.isOpen else { return status(PICKET_E_MODEL) }
  guard stride >= view.pointee.recordCount else { return status(PICKET_E_ARGUMENT) }
  guard isEnough(scratch_size, view) else { return status(PICKET_E_SCRATCH) }
  return dispatch(
    view.pointee.level, view, records, stride, count, scratch, scratch_size, results, scored)
}

/// Whether scratch is large enough; a size beyond the signed range arrives negative and is.
@inline(__always)
private func isEnough(_ size: Int, _ view: UnsafePointer<Model>) -> Bool {
  size < 0 || size >= view.pointee.scratchBytes
}
