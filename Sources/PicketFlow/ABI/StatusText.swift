import CPicketFlow

/// A sentence in English for a status.
@c @implementation
public func picket_flow_status_text(_ code: Int32) -> UnsafePointer<CChar>! {
  let last = Int32(truncatingIfNeeded: PICKET_FLOW_E_SPACE)
  let isKnown = code <= 0 && code >= last
  var skip = isKnown ? 0 &- code : 1 &- last
  var text = sentences.utf8Start
  while skip > 0 {
    skip &-= text.pointee == 0 ? 1 : 0
    text += 1
  }
  return UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)
}

/// One string with a NUL behind each sentence.
///
/// In the order of the codes, from 0 down, and last what is said of any other number. A table of
/// pointers would need relocations, and those live in writable memory.
private let sentences: StaticString = """
  success\0\
  a null pointer, or a size or index out of range\0\
  a number of the configuration is out of its range: start from picket_flow_defaults\0\
  the memory is smaller than picket_flow_size says, or not on an 8-byte boundary\0\
  the memory holds no flow: call picket_flow_init first\0\
  there are events to be told: call picket_flow_next until it returns 0\0\
  the event cannot be: a wrong kind, protocol, flag, reason or number, or an end before the start\0\
  this is not a record of the log\0\
  the record of the log was changed or cut: its checksum does not match\0\
  the text does not fit: PICKET_FLOW_MAX_SPECIFICATION bytes always do\0\
  unknown status\0
  """
