import PicketData

/// What a normal record looks like, field by field: what `picket_explain` compares others with.
struct TypicalRecord: Equatable {
  /// One float for each field.
  let values: [Float]

  /// Takes the median of each numeric field and the most frequent category of each symbolic one.
  ///
  /// Of an even number of values the lower middle one, of equally frequent categories the first:
  /// each value is one that occurred. A field of nothing but unknown categories has the first.
  ///
  /// - Parameters:
  ///   - records: Normal records, one after the other.
  ///   - encoding: What their fields are.
  init(records: [Float], encoding: FeatureEncoding) {
    let width = encoding.fieldCount
    values = encoding.fields.enumerated().map { index, field in
      let column = stride(from: index, to: records.count, by: width).map { records[$0] }
      switch field {
      case .numeric(let numeric):
        return column.isEmpty ? numeric.minimum : column.sorted()[(column.count - 1) / 2]
      case .symbolic(let symbolic):
        var counts = [Int](repeating: 0, count: symbolic.categories.count)
        let known = 0..<Float(counts.count)
        for value in column where known.contains(value) { counts[Int(value)] += 1 }
        let most = counts.max() ?? 0
        return Float(counts.firstIndex(of: most) ?? 0)
      }
    }
  }

  /// The section's bytes.
  func section(_ order: ByteOrder) -> FileBytes {
    var section = FileBytes(order)
    for value in values { section.append(value) }
    return section
  }
}
