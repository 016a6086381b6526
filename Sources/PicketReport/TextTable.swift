import PicketText

/// A table that is written once and shown as aligned text or as Markdown.
///
/// Text tables are plain ASCII as long as their cells are. Control characters in a cell, which a
/// hostile label could use to steer a terminal, are escaped.
public struct TextTable: Sendable {
  /// On which side of its column a cell stands.
  public enum Alignment: Sendable {
    /// Names and sentences.
    case left
    /// Numbers.
    case right
  }

  /// A column's title and how its cells stand.
  public struct Column: Sendable {
    /// The title.
    public let title: String
    /// Where cells and title stand.
    public let alignment: Alignment

    /// A column of names.
    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// A column of numbers.
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  /// Starts a table.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; cells that are left out at its end are empty.
  ///
  /// - Precondition: There are no more cells than columns.
  public mutating func append(_ cells: [String]) {
    precondition(cells.count <= columns.count, "a row has at most one cell a column")
    let missing = Array(repeating: "", count: columns.count - cells.count)
    rows.append((cells + missing).map { $0.shown() })
  }

  /// The table as aligned text: titles, a line, rows; two spaces between columns.
  ///
  /// - Parameter indent: Spaces before every line.
  public func text(indent: Int = 0) -> String {
    var widths = columns.map(\.title.count)
    for cells in rows {
      for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.count) }
    }
    let margin = String(repeating: " ", count: indent)
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    var lines: [String] = []
    // A table whose columns have no titles needs no line under them.
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines = [line(columns.map(\.title), widths), rule]
    }
    lines += rows.map { line($0, widths) }
    return lines.map { margin + $0 + "\n" }.joined()
  }

  /// The table in Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    func escaped(_ cell: String) -> String {
      cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    var text = line(columns.map { escaped($0.title) })
    text += line(columns.map { $0.alignment == .left ? "---" : "---:" })
    for cells in rows { text += line(cells.map(escaped)) }
    return text
  }

  /// The table as an HTML element.
  public var html: String {
    func line(_ cells: [String], _ tag: String) -> String {
      "<tr>"
        + zip(cells, columns).map { cell, column in
          let place = column.alignment == .right ? " class=\"number\"" : ""
          let scope = tag == "th" ? " scope=\"col\"" : ""
          return "<\(tag)\(scope)\(place)>\(HTMLPage.escaped(cell))</\(tag)>"
        }.joined() + "</tr>\n"
    }
    var text = "<table>\n"
    if columns.contains(where: { !$0.title.isEmpty }) {
      text += "<thead>\n" + line(columns.map(\.title), "th") + "</thead>\n"
    }
    text += "<tbody>\n"
    for cells in rows { text += line(cells, "td") }
    return text + "</tbody>\n</table>"
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[index] - cell.count)
      text += columns[index].alignment == .left ? cell + padding : padding + cell
      if index + 1 < cells.count { text += "  " }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
