import PicketText

extension Schema {
  /// The schema as a TOML document that explains itself.
  public var toml: String { toml(notes: []) }

  /// The schema as a TOML document, with a comment beside each column that has a note.
  ///
  /// - Parameter notes: One text a column, empty where there is nothing to say.
  public func toml(notes: [String]) -> String {
    var text = """
      # A Picket schema: what the columns of a record file are.
      name = \(quoted(name))
      # Whether the first line names the columns; the names must then be those below.
      header = \(hasHeader)
      delimiter = \(quoted(String(decoding: [delimiter], as: UTF8.self)))
      # The labels of normal records; every other label names an anomaly.
      normal = [\(normalLabels.map(quoted).joined(separator: ", "))]
      # Taken off the end of a label, if it is there.
      label_suffix = \(quoted(labelSuffix))
      # In file order. Kinds: numeric, symbolic, label (at most one), ignored. A numeric column may
      # say what is made of it: features = ["min-max", "log", "quantile"], or some of these.
      columns = [

      """
    let lines = columns.map(line)
    // One name of a hostile length would move every note as far.
    let width = min(lines.map(\.count).max() ?? 0, 120)
    for (index, line) in lines.enumerated() {
      text += line
      if index < notes.count, !notes[index].isEmpty {
        text +=
          String(repeating: " ", count: max(width - line.count, 0)) + "  # " + notes[index].shown()
      }
      text += "\n"
    }
    return text + "]\n"
  }

  private func line(_ column: Column) -> String {
    var line = "  { name = \(quoted(column.name)), kind = \"\(column.kind.rawValue)\""
    if !column.features.isEmpty {
      let features = column.features.map { quoted($0.rawValue) }.joined(separator: ", ")
      line += ", features = [\(features)]"
    }
    return line + " },"
  }

  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
