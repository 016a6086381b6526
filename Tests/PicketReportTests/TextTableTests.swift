import PicketReport
import Testing

struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([.left("name"), .right("count")])
    table.append(["a", "1"])
    table.append(["longer", "22,544"])
    table.append(["|x"])
    return table
  }

  @Test func `columns are as wide as their widest cell, and numbers stand right`() {
    #expect(
      table.text() == """
        name     count
        ------  ------
        a            1
        longer  22,544
        |x

        """)
  }

  @Test func `every line is indented`() {
    let lines = table.text(indent: 3).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { $0.hasPrefix("   ") })
  }

  @Test func `Markdown escapes bars and leaves rules out`() {
    #expect(
      table.markdown == """
        | name | count |
        | --- | ---: |
        | a | 1 |
        | longer | 22,544 |
        | \\|x |  |

        """)
  }

  @Test func `a table without titles has no line under them`() {
    var table = TextTable([.left(""), .left("")])
    table.append(["seed", "7"])
    #expect(table.text() == "seed  7\n")
    #expect(table.html == "<table>\n<tbody>\n<tr><td>seed</td><td>7</td></tr>\n</tbody>\n</table>")
  }

  @Test func `a label cannot steer the terminal`() {
    var table = TextTable([.left("label")])
    table.append(["\u{1B}[31mred\u{9B}2J\u{202E}\r\nnext"])
    let shown = #"\u{1B}[31mred\u{9B}2J\u{202E}\r\nnext"#
    #expect(table.text() == "label\n\(String(repeating: "-", count: shown.count))\n\(shown)\n")
  }

  @Test func `accented names keep their letters`() {
    var table = TextTable([.left("n"), .right("v")])
    table.append(["caf\u{E9}", "1"])
    #expect(table.text() == "n     v\n----  -\ncaf\u{E9}  1\n")
  }
}
