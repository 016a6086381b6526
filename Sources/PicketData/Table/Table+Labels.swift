extension Table {
  /// How many rows have each label, in order of first appearance; none without a label column.
  public var labelCounts: [(label: String, rows: Int)] {
    guard let labels else { return [] }
    var counts = Array(repeating: 0, count: labels.names.count)
    for code in labels.codes { counts[Int(code)] += 1 }
    return Array(zip(labels.names, counts))
  }

  /// Labels that count as anomalies, though they are spelled like a normal one or say that there is none.
  public var doubtfulAnomalies: [(label: String, rows: Int)] {
    let normal = Set((schema.normalLabels + SchemaGuesser.normalNames).map(SchemaGuesser.plain))
    return labelCounts.filter { label, _ in
      guard !schema.isNormal(label: label) else { return false }
      let plain = SchemaGuesser.plain(label)
      return normal.contains(plain) || NumberCell.saysNone(plain)
    }
  }
}

extension SchemaGuesser {
  /// A label without case, without blanks around it, and without a dot behind it.
  static func plain(_ label: String) -> String {
    let blanks = label.prefix { $0 == " " || $0 == "\t" }.count
    var text = label.dropFirst(blanks)
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return unsuffixed(text.lowercased())
  }

  private static func unsuffixed(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
