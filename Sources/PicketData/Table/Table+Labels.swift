extension Table {
  /// How many of some rows have each of the table's labels; none without a label column.
  func labelCounts(ofRows rows: some Sequence<Int>) -> [(label: String, rows: Int)] {
    guard let labels else { return [] }
    var counts = Array(repeating: 0, count: labels.names.count)
    for row in rows { counts[Int(labels.codes[row])] += 1 }
    return Array(zip(labels.names, counts))
  }

  /// Labels that count as anomalies, though they are spelled like a normal one or say that there is none.
  public var doubtfulAnomalies: [(label: String, rows: Int)] {
    let normal = Set((schema.normalLabels + SchemaGuesser.normalNames).map(SchemaGuesser.plain))
    return labelCounts(ofRows: 0..<rowCount).filter { label, _ in
      guard !schema.isNormal(label: label) else { return false }
      let plain = SchemaGuesser.plain(label)
      return normal.contains(plain) || NumberCell.saysNone(plain)
    }
  }
}
