/// A page of tables and pictures in one file: no script, no font, no picture from elsewhere.
public struct HTMLPage: Sendable {
  private let title: String
  private var contents = ""
  private var body = ""

  /// Starts a page.
  public init(title: String) { self.title = title }

  /// Begins a section, which the table of contents names.
  ///
  /// - Parameters:
  ///   - anchor: A name of letters and digits, unique in the page.
  ///   - title: What people read.
  public mutating func section(_ anchor: String, _ title: String) {
    contents += "<li><a href=\"#\(Self.escaped(anchor))\">\(Self.escaped(title))</a></li>\n"
    body += "<h2 id=\"\(Self.escaped(anchor))\">\(Self.escaped(title))</h2>\n"
  }

  /// Adds a heading within the section.
  public mutating func heading(_ text: String) { body += "<h3>\(Self.escaped(text))</h3>\n" }

  /// Adds a paragraph.
  public mutating func paragraph(_ text: String) { body += "<p>\(Self.escaped(text))</p>\n" }

  /// Adds a list; nothing when it is empty.
  public mutating func list(_ items: [String]) {
    guard !items.isEmpty else { return }
    body += "<ul>\n" + items.map { "<li>\(Self.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  /// Adds a table.
  public mutating func table(_ table: TextTable) {
    body += "<div class=\"wide\">\(table.html)</div>\n"
  }

  /// Adds a table that is folded up until it is asked for.
  public mutating func details(_ title: String, _ table: TextTable) {
    body += "<details><summary>\(Self.escaped(title))</summary>\n"
    self.table(table)
    body += "</details>\n"
  }

  /// Adds a picture.
  public mutating func figure(_ plot: Plot) {
    body +=
      "<figure>\n\(plot.svg)\n<figcaption>\(Self.escaped(plot.caption))</figcaption></figure>\n"
  }

  /// The whole file.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Self.escaped(title))</title>
    <style>
    \(PlotStyle.variables)
    \(Self.style)
    \(PlotStyle.rules)
    </style>
    </head>
    <body>
    <main>
    <h1>\(Self.escaped(title))</h1>
    <nav aria-label="Contents"><ul>
    \(contents)</ul></nav>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static let style = """
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
    p, li { max-width: 44rem; }
    a { color: var(--series-0); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--grid); white-space: nowrap; }
    th { text-align: left; }
    .number { text-align: right; }
    figure { margin: 1rem 0; max-width: 44rem; }
    figcaption { font-size: 0.875rem; }
    @media print { details > * { display: block; } h2 { break-before: page; } }
    """

  /// The text with the characters of markup replaced, and without control characters, which no XML
  /// can hold.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": escaped += "?"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
