import PicketData
import Testing

@Suite struct ReaderErrorTests {
  @Test(arguments: ["1.2.3", "0x1F", "1 ", " 1", "abc", "1e99", "1,5", "--"])
  func `a cell that is not a finite number is named with its place`(cell: String) throws {
    let error = try #require(failure("1,tcp,2,normal\n1,tcp,\"\(cell)\",normal\n"))
    #expect(error.file == "t.csv")
    #expect(error.line == 2)
    #expect(error.column == "bytes")
    #expect(error.found == "'\(cell)'")
    #expect(error.expected == "a finite number")
    #expect(
      error.description
        == "t.csv:2: 'bytes': found '\(cell)'; expected a finite number; "
        + "correct the cell, or leave such rows out with --skip-bad-rows")
  }

  @Test(arguments: [
    "nan", "NaN", "-nan", "inf", "Infinity", "-inf", "-", "?", "NULL", "",
  ])
  func `of a cell that says there is no number it is said what can be done`(cell: String) throws {
    let error = try #require(failure("1,tcp,2,normal\n1,tcp,\"\(cell)\",normal\n"))
    #expect(error.line == 2 && error.column == "bytes" && error.expected == "a finite number")
    #expect(error.found == (cell.isEmpty ? "an empty cell" : "'\(cell)'"))
    #expect(
      error.advice
        == "write a number wherever a record has no 'bytes', for the records that will be scored "
        + "too, train without the column (kind 'ignored' in the schema), or leave such rows out "
        + "with --skip-bad-rows")
  }

  @Test(arguments: [
    (",tcp,2,normal", "duration", "a finite number"), ("1,,2,normal", "protocol", "a name"),
    ("1,tcp,\"\",normal", "bytes", "a finite number"), ("1,tcp,2,", "label", "a label"),
  ])
  func `an empty cell is named with its place`(
    row: String, column: String, expected: String
  ) throws {
    let error = try #require(failure("1,tcp,2,normal\r\n\(row)\r\n"))
    #expect(error.line == 2 && error.column == column)
    #expect(error.found == "an empty cell" && error.expected == expected)
  }

  @Test(arguments: [
    ("1,tcp,2", 3), ("1", 1), ("1,tcp,2,normal,5", 5), ("1,tcp,2,normal,", 5), ("1,tcp", 2),
    ("a,b,c,d,e,f", 6),
  ])
  func `a row of the wrong width is counted`(row: String, count: Int) throws {
    let text = "1,tcp,2,normal\n\(row)\n1,tcp,2,normal\n"
    let error = try #require(failure(text))
    #expect(error.line == 2)
    if row.hasPrefix("1") {
      #expect(error.column == nil)
      #expect(error.found == (count == 1 ? "one column" : "\(count) columns"))
      #expect(error.expected == "4, as schema 'test' lists")
    } else {
      #expect(error.column == "duration" && error.found == "'a'")
    }
    #expect(try read(text, badRows: .skip).rowCount == 2)
  }

  @Test func `a number in the first line that is a name hints at a header`() {
    let error = failure("duration,protocol,bytes,label\n1,tcp,2,normal\n")
    #expect(error?.advice.contains("if line 1 names the columns, say so in the schema") == true)
  }

  @Test func `an empty line between rows is an error, at the end it is none`() {
    let error = failure("1,tcp,2,normal\n\n1,tcp,2,normal\n")
    #expect(error?.line == 2 && error?.found == "an empty line")
    #expect(failure("1,tcp,2,normal\n\n\n") == nil)
  }

  @Test func `an empty line before the header is told with its number`() {
    let schema = makeSchema([("a", .numeric)], header: true)
    #expect(failure("\na\n1\n", schema)?.found == "an empty line")
    #expect(failure("\r\n\n", schema)?.found == "an empty file")
  }

  @Test(.timeLimit(.minutes(1)))
  func `empty lines are left out in the time that reading them takes`() throws {
    let blanks = String(repeating: "\n", count: 3_000_000)
    let table = try read("1,tcp,2,normal\n\(blanks)3,tcp,4,normal\n\(blanks)", badRows: .skip)
    #expect(table.skipped.count == 3_000_000 && table.rowNumbers == [1, 3_000_002])
  }

  @Test func `quotes that do not match are named with the line they open in`() {
    let open = failure("1,tcp,2,normal\n1,\"tcp,2,normal\n1,tcp,2,normal\n")
    #expect(open?.line == 2 && open?.column == "protocol")
    #expect(open?.found == "a quote that is never closed")
    let after = failure("1,\"tcp\"x,2,normal\n")
    #expect(after?.line == 1 && after?.found == "text after the closing quote")
  }

  @Test func `a name that is not UTF-8 is an error`() {
    let error = failure(Array("1,t".utf8) + [0xC3, 0x28] + Array("p,2,normal\n".utf8))
    #expect(error?.column == "protocol" && error?.found == "bytes that are not UTF-8")
  }

  @Test(arguments: ["", "\n\n", "\r\n"])
  func `a file without rows is an error`(text: String) {
    #expect(failure(text)?.found == "no rows")
  }

  @Test func `a header that differs is named`() {
    let schema = makeSchema([("a", .numeric), ("b", .symbolic)], header: true)
    let error = failure("a,c\n1,x\n", schema)
    #expect(error?.line == 1 && error?.column == "b")
    #expect(error?.found == "'c' in the header" && error?.expected.hasPrefix("'b'") == true)
    #expect(failure("a,b,c\n1,x,y\n", schema)?.found == "3 columns in the header")
    #expect(failure("a\n1\n", schema)?.found == "one column in the header")
    #expect(failure("", schema)?.found == "an empty file")
    #expect(failure("a,\"b\n", schema)?.found == "quotes that do not match")
  }

  @Test func `a missing file is an error that names it`() throws {
    let error = #expect(throws: DataError.self) {
      try Table(path: "/nonexistent/records.csv", schema: smallSchema)
    }
    #expect(error?.file == "/nonexistent/records.csv")
    #expect(error?.found.contains("No such file") == true)
  }

  @Test func `bad rows are skipped, counted, and the first twenty listed`() throws {
    var text = "1,tcp,2,normal\n"
    for row in 0..<30 { text += "\(row),tcp,nan,normal\n" }
    text += "2,\"open,2,normal\n3,tcp,4,normal\n\n4,\"a\"b,4,normal\n5,tcp\n6,udp,7,smurf"
    let table = try read(text, badRows: .skip)
    #expect(table.numbers("duration") == [1, 3, 6])
    #expect(table.texts("protocol") == ["tcp", "tcp", "udp"])
    #expect(table.skipped.count == 34)
    #expect(table.skipped.first.count == Table.SkippedRows.listed)
    #expect(table.skipped.first.map(\.line) == (2...21).map { $0 })
  }

  @Test(arguments: [
    ("ggg", [1, 2, 3]), ("bgg", [2, 3]), ("gbbgbg", [1, 4, 6]), ("bbg", [3]), ("ggbb", [1, 2]),
    ("gegbeg", [1, 3, 6]),
  ])
  func `rows keep their numbers in the file, whatever is left out`(
    rows: String, numbers: [Int]
  ) throws {
    let kinds: [Character: String] = ["g": "1,tcp,2,normal\n", "b": "x,tcp\n", "e": "\n"]
    let text = rows.compactMap { kinds[$0] }.joined()
    #expect(try read(text, badRows: .skip).rowNumbers == numbers)
    let header = makeSchema([("a", .numeric)], header: true)
    #expect(try read("a\n1\n\"x\n2\n", header, badRows: .skip).rowNumbers == [1, 3])
  }

  @Test func `when every row is bad the first fault is the error`() {
    #expect(throws: DataError.self) { try read("x,tcp,2,normal\ny\n", badRows: .skip) }
  }

  @Test func `a long cell is shown in part`() {
    let error = failure(String(repeating: "x", count: 500) + ",tcp,2,normal\n")
    #expect(error?.found == "'" + String(repeating: "x", count: 40) + "...'")
  }
}
