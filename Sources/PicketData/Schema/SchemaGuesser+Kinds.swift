extension SchemaGuesser {
  private static let labelNames: Set<String> = [
    "class", "attack", "attack_type", "attack_cat", "category", "target", "outcome", "is_attack",
    "anomaly", "is_anomaly", "malicious", "is_malicious",
  ]
  static let normalNames: Set<String> = ["normal", "benign"]

  /// Puts what was seen together into a schema.
  func guess(name: String) throws(DataError) -> SchemaGuess {
    let candidates = labelCandidates()
    let label = candidates.last
    var columns: [Schema.Column] = []
    var notes: [String] = []
    for index in tallies.indices {
      let (kind, note) = kind(of: index, label: label, candidates: candidates)
      columns.append(Schema.Column(header[index], kind))
      notes.append(note)
    }
    var schema = Schema(unchecked: name, columns, hasHeader: hasHeader, delimiter: delimiter)
    var doubtful: [String] = []
    if let label {
      let names = tallies[label].names
      if names.allSatisfy({ $0.hasSuffix(".") && $0.count > 1 }) { schema.labelSuffix = "." }
      schema.normalLabels = normalLabels(in: tallies[label], suffix: schema.labelSuffix)
      if !names.contains(where: isNormalName), schema.normalLabels != ["0"] {
        notes[label] += "; NORMAL IS A GUESS: the most frequent label"
        doubtful = frequentFirst(tallies[label], suffix: schema.labelSuffix)
      }
    }
    try schema.check(file: file)
    return SchemaGuess(
      schema: schema, notes: notes, rowCount: rowCount, oddRows: oddRows, doubtfulLabels: doubtful)
  }

  /// A label without case, without blanks around it, and without a dot behind it.
  static func plain(_ label: String) -> String {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    var text = label.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text.lowercased()
  }

  private func isNormalName(_ name: String) -> Bool {
    SchemaGuesser.normalNames.contains(Self.plain(name))
  }

  private func labelCandidates() -> [Int] {
    let named = header.indices.filter { index in
      let name = header[index].lowercased()
      return name.hasPrefix("label") || SchemaGuesser.labelNames.contains(name)
    }
    if hasHeader, !named.isEmpty { return named }
    return tallies.indices.filter {
      !tallies[$0].isNumeric && !tallies[$0].hasManyNames
        && tallies[$0].names.contains(where: isNormalName)
    }
  }

  private func kind(
    of index: Int, label: Int?, candidates: [Int]
  ) -> (Schema.Kind, String) {
    let tally = tallies[index]
    let seen = seen(tally)
    if index == label { return (.label, seen) }
    if candidates.contains(index) { return (.ignored, "\(seen); looks like a second label") }
    if let label, index > label {
      return (.ignored, "\(seen); after the label: make it a field if it is known beforehand")
    }
    if tally.isClock {
      return (.ignored, "\(seen); never falls: looks like a clock or a counter")
    }
    if tally.isNumeric { return (.numeric, seen) }
    if tally.otherCount == 0 { return (.ignored, "no value in any row looked at") }
    if tally.hasDecimalCommas {
      return (.ignored, "\(seen); numbers with decimal commas: write points, and make it numeric")
    }
    if tally.hasBlanks {
      return (.ignored, "\(seen); numbers with blanks: take them out, and make it numeric")
    }
    if tally.isIdentifier { return (.ignored, "\(seen); looks like an identifier") }
    return (.symbolic, seen)
  }

  private func seen(_ tally: ColumnTally) -> String {
    let distinct =
      tally.hasManyNames
      ? "over \(ColumnTally.manyNames) distinct" : "\(tally.names.count) distinct"
    var text = distinct
    if tally.isNumeric {
      text = "\(plain(tally.minimum)) to \(plain(tally.maximum)), \(distinct)"
      let bad = tally.missingCount + tally.otherCount
      if bad > 0 {
        text +=
          "; \(bad) of \(bad + tally.numberCount) are not finite numbers: write numbers, or make it "
          + "ignored, or such rows are bad"
      }
    } else if !tally.hasManyNames {
      text += ": " + tally.names.prefix(4).map { $0.prefix(24) }.joined(separator: ", ")
      if tally.names.count > 4 { text += ", ..." }
      if tally.missingCount > 0 { text += "; cells without a value: \(tally.missingCount)" }
    }
    return text
  }

  private func plain(_ value: Float) -> String {
    value == value.rounded() && abs(value) < 1e7 ? "\(Int(value))" : "\(value)"
  }

  private func normalLabels(in tally: ColumnTally, suffix: String) -> [String] {
    let names = labels(in: tally, suffix: suffix)
    let normal = names.filter(isNormalName)
    if !normal.isEmpty { return normal }
    if names.contains("0") { return ["0"] }
    return Array(frequentFirst(tally, suffix: suffix).prefix(1))
  }

  private func labels(in tally: ColumnTally, suffix: String) -> [String] {
    tally.names.map { $0.hasSuffix(suffix) ? String($0.dropLast(suffix.count)) : $0 }
  }

  private func frequentFirst(_ tally: ColumnTally, suffix: String) -> [String] {
    zip(labels(in: tally, suffix: suffix), tally.nameCounts)
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }
}
