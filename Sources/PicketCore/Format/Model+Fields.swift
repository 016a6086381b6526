import CPicket

/// Checks 23, 25 and 26: fields, but for their names.
extension Model {
  @_optimize(size)
  mutating func checkFields() throws(FormatError) {
    let count = fieldCount.int
    try require(fields.count == count &* FormatLayout.fieldBytes, 23, PICKET_E_SCHEMA)
    var categoryCount = 0
    var i = 0
    while i < count {
      let field = field(i)
      let symbolic = field.kind == PICKET_SYMBOLIC
      try require(symbolic || field.kind == PICKET_NUMERIC, 25, PICKET_E_UNSUPPORTED)
      let most = Int(PICKET_MAX_CATEGORIES)
      if symbolic {
        try require(
          field.firstCategory == categoryCount && field.categoryCount >= 1
            && field.categoryCount <= most, 26, PICKET_E_SCHEMA)
        categoryCount &+= field.categoryCount
        oneHotCount &+= 1
        // Each category is an input, so this bounds what the comparisons of names can cost.
        try require(categoryCount <= inputCount.int, 26, PICKET_E_SCHEMA)
      } else {
        try require(
          field.firstCategory == 0 && field.categoryCount == 0, 26, PICKET_E_SCHEMA)
      }
      i &+= 1
    }
  }
}
