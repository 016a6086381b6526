import CPicket

/// A sentence in English for a status.
@c @implementation
public func picket_status_text(_ code: Int32) -> UnsafePointer<CChar>! {
  let known = code <= 0 && code >= Int32(truncatingIfNeeded: PICKET_E_NOT_BUILT_IN)
  var skip = known ? 0 &- code : 1 &- Int32(truncatingIfNeeded: PICKET_E_NOT_BUILT_IN)
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
  a null pointer, or an index, size or rate out of range\0\
  the model is not open: call picket_open first\0\
  the model bytes do not start on an 8-byte boundary\0\
  the model file is cut short\0\
  this is not a Picket model file\0\
  the model was exported for a machine of the other byte order\0\
  the model file is of a format version that this library does not read\0\
  the model file is damaged: its checksum does not match\0\
  the model file is malformed: header or sections\0\
  the model file is malformed: fields, categories or names\0\
  the model file is malformed: preprocessing\0\
  the model file is malformed: layers\0\
  the model file is malformed: weights\0\
  the model file is malformed: parameters of the score\0\
  the model file is malformed: calibration table\0\
  the model file is malformed: provenance\0\
  the model is larger than this library's limits\0\
  the model needs something that this library cannot compute: export it for this version\0\
  scratch is smaller than picket_scratch_size says\0\
  the record holds a NaN or an infinity\0\
  a symbolic value is neither a category index nor PICKET_UNKNOWN\0\
  the score is not a finite number: the model cannot be used for this record\0\
  no field or category has this name\0\
  the line does not hold a record: a cell is missing or is not a number\0\
  the rate is smaller than the calibration table can tell\0\
  the model needs what this library was built without\0\
  unknown status\0
  """
