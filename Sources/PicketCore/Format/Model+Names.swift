import CPicket

/// Checks 21, 22, 24 and 27 to 29: strings, and the names of fields and categories.
extension Model {
  /// Checks what is in order once the fields are.
  @_optimize(size)
  func checkNames() throws(FormatError) {
    try checkStrings()
    var categoryCount = 0
    var i = 0
    while i < fieldCount.int {
      let at = fields.first &+ i &* FormatLayout.fieldBytes
      try require(isName(bytes.word(at)), 24, PICKET_E_SCHEMA)
      categoryCount &+= field(i).categoryCount
      i &+= 1
    }
    try require(
      categories.count == categoryCount &* FormatLayout.categoryBytes, 27, PICKET_E_SCHEMA)
    i = 0
    while i < fieldCount.int {
      try checkCategories(of: field(i))
      i &+= 1
    }
    try checkNamesDiffer()
  }

  @_optimize(size)
  private func checkStrings() throws(FormatError) {
    let count = strings.count
    try require(
      count >= 1 && count <= FormatLayout.mostStringBytes && bytes.byte(strings.first) == 0
        && bytes.byte(strings.end &- 1) == 0, 21, PICKET_E_SCHEMA)
    var i = strings.first
    while i < strings.end {
      let byte = bytes.byte(i)
      try require(byte == 0 || (byte >= 0x20 && byte != 0x7F), 22, PICKET_E_SCHEMA)
      i &+= 1
    }
  }

  @_optimize(size)
  private func checkCategories(of field: Field) throws(FormatError) {
    var i = 0
    while i < field.categoryCount {
      let at = categories.first &+ (field.firstCategory &+ i) &* FormatLayout.categoryBytes
      try require(isName(bytes.word(at)), 28, PICKET_E_SCHEMA)
      if i > 0 {
        let order = compare(categoryName(field, i &- 1), categoryName(field, i))
        try require(order < 0, 28, PICKET_E_SCHEMA)
      }
      i &+= 1
    }
  }

  @_optimize(size)
  private func checkNamesDiffer() throws(FormatError) {
    var i = 1
    while i < fieldCount.int {
      var j = 0
      while j < i {
        try require(compare(field(i).name, field(j).name) != 0, 29, PICKET_E_SCHEMA)
        j &+= 1
      }
      i &+= 1
    }
  }

  /// Whether an offset into *strings* is the first byte of a name of 1 to 255 bytes.
  private func isName(_ offset: Int) -> Bool {
    guard offset >= 1 && offset < strings.count else { return false }
    guard bytes.byte(strings.first &+ offset &- 1) == 0 else { return false }
    var length = 0
    // The section ends with a NUL, so this stops inside it.
    while length <= Int(PICKET_MAX_NAME) && bytes.byte(strings.first &+ offset &+ length) != 0 {
      length &+= 1
    }
    return length >= 1 && length <= Int(PICKET_MAX_NAME)
  }
}
