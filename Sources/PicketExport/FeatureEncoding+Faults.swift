import PicketData

extension FeatureEncoding {
  /// What keeps the first of some records from being scored, and which field it is of.
  ///
  /// - Parameter records: `fieldCount` floats each, one record after the other.
  /// - Returns: Nil if nothing does.
  func fault(inRecords records: [Float]) -> String? {
    for (index, value) in records.enumerated() {
      let field = fields[index % fieldCount]
      if let expected = field.expected(insteadOf: value) {
        return
          "record \(index / fieldCount + 1): '\(field.name)': \(value); \(expected) is expected"
      }
    }
    return nil
  }
}

extension FieldEncoding {
  /// What a record should hold where it holds something else; nil if it need not.
  fileprivate func expected(insteadOf value: Float) -> String? {
    switch self {
    case .numeric: return value.isFinite ? nil : "a finite number"
    case .symbolic(let field):
      let isCategory =
        value >= -1 && value < Float(field.categories.count) && value == value.rounded()
      return isCategory ? nil : "the number of one of \(field.categories.count) categories, or -1,"
    }
  }
}
