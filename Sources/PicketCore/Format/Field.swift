import CPicket

/// One field of a record, as the file describes it.
struct Field {
  let name: UnsafePointer<UInt8>
  let kind: Int
  let firstCategory: Int
  let categoryCount: Int
}

extension Model {
  /// The field at an index that is known to exist.
  @inline(__always)
  func field(_ index: Int) -> Field {
    let at = fields.first &+ index &* FormatLayout.fieldBytes
    return Field(
      name: string(bytes.word(at)), kind: bytes.word(at &+ 4),
      firstCategory: bytes.word(at &+ 8), categoryCount: bytes.word(at &+ 12))
  }

  /// The name of a field's category at an index that is known to exist.
  func categoryName(_ field: Field, _ index: Int) -> UnsafePointer<UInt8> {
    let at = categories.first &+ (field.firstCategory &+ index) &* FormatLayout.categoryBytes
    return string(bytes.word(at))
  }

  /// The index of the category with a name that is `length` bytes long and need not end in a NUL.
  ///
  /// - Returns: The index, or -1 if the field has no such category.
  func categoryIndex(_ field: Field, _ name: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var low = 0
    var high = field.categoryCount
    while low < high {
      let middle = (low &+ high) >> 1
      let order = compare(name, length, categoryName(field, middle))
      if order == 0 { return middle }
      if order < 0 { high = middle } else { low = middle &+ 1 }
    }
    return -1
  }

  private func string(_ offset: Int) -> UnsafePointer<UInt8> {
    (bytes + (strings.first &+ offset)).assumingMemoryBound(to: UInt8.self)
  }
}

/// Compares two NUL-terminated strings as unsigned bytes: below, at or above 0.
func compare(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>) -> Int {
  var i = 0
  while a[i] != 0 && a[i] == b[i] { i &+= 1 }
  return Int(a[i]) &- Int(b[i])
}

/// Compares `length` bytes with a NUL-terminated string: below, at or above 0.
func compare(_ a: UnsafePointer<UInt8>, _ length: Int, _ b: UnsafePointer<UInt8>) -> Int {
  var i = 0
  while i < length {
    // A byte of `a` that meets the NUL of `b` is above it, unless it is a NUL itself: then `a` is
    // the longer one, and no name that the file holds.
    if b[i] == 0 { return 1 }
    if a[i] != b[i] { return Int(a[i]) &- Int(b[i]) }
    i &+= 1
  }
  return b[i] == 0 ? 0 : -1
}
