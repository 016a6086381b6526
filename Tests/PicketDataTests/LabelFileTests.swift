import Foundation
import PicketData
import Testing

@Suite struct LabelFileTests {
  private static let one =
    "true 2026-01-01T00:00:00.000000000Z 2026-01-01T00:00:01.000000000Z"
    + " tcp 10.0.0.2 * * * *"
  private static let other =
    "false 2026-01-01T00:00:02.000000000Z 2026-01-01T00:00:02.000000000Z"
    + " tcp 10.0.0.3 * * 443 SF"
  private static let new = ConnectionMark(.unsure, from: 5, through: 7)

  /// Appends a mark to a file of these bytes, and gives what was cut off, the error, and the bytes after.
  private func append(
    to text: String
  ) throws -> (torn: String?, error: DataError?, text: String) {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).labels"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var torn: String?
    var error: DataError?
    do throws(DataError) {
      torn = try ConnectionMarks.append([Self.new], to: path)
    } catch let fault {
      error = fault
    }
    let after = try Data(contentsOf: URL(fileURLWithPath: path))
    return (torn, error, String(decoding: after, as: UTF8.self))
  }

  @Test(arguments: ["", "\u{FEFF}"])
  func `a file that begins and lines that end as on Windows are read`(start: String) throws {
    let marks = try ConnectionMarks(
      text: "\(start)# head\r\n\(Self.one)\r\n\r\n\(Self.other)\r\n", file: "f")
    #expect(marks.marks.map(\.line) == [2, 4])
    #expect(marks.marks.map(\.mark.line) == [Self.one, Self.other])
  }

  @Test func `a training learns from marks whose lines end as Windows ends them`() throws {
    var log = try ReplayFixture()
    for id in 1...3 {
      log.add(ReplayFixture.event(id: UInt64(id), client: UInt8(id), server: 1, port: 80))
    }
    try log.write()
    let all = "1970-01-01T00:00:00Z 2100-01-01T00:00:00Z"
    let records = try log.read(
      "# head\r\ntrue \(all) * 10.0.0.2 * * * *\r\nfalse \(all) * 10.0.0.3 * * * *\r\n")
    let table = records.tables[0]
    #expect((0..<3).map { table.label(ofRow: $0) } == ["normal", "anomaly", "normal"])
    #expect(records.falseAlerts == [2])
  }

  @Test(arguments: [
    "\(one)\r\n\(other)\r\n", "# written by hand\n\(one)\n", "\(one)\n\r\n", "\n",
    "\u{FEFF}\(one)\n",
  ])
  func `what is whole stays, and the new mark follows`(text: String) throws {
    let after = try append(to: text)
    #expect(after.text == text + Self.new.line + "\n")
    #expect(after.torn == nil && after.error == nil)
  }

  @Test(arguments: [one, "\(one)\n\(other)", "\(one)\r\n\(other)\r", "\(one)\n# by hand"])
  func `a whole last line without an end gets one`(text: String) throws {
    let after = try append(to: text)
    #expect(after.text == text + "\n" + Self.new.line + "\n")
    #expect(after.torn == nil && after.error == nil)
  }

  @Test(arguments: ["t", "unsure", "true 1970-01-0", other.dropLast(20).description])
  func `the beginning of a line is cut off behind whole ones, and told`(torn: String) throws {
    let new = try append(to: "").text
    let head = new.prefix { $0 != "\n" } + "\n"
    for whole in ["\(Self.one)\n", "\(Self.one)\r\n", new, "\u{FEFF}" + head] {
      let after = try append(to: whole + torn)
      #expect(after.text == whole + Self.new.line + "\n")
      #expect(after.torn == torn && after.error == nil)
    }
  }

  @Test(arguments: [
    "a,b,c", "true 1970-01-0", "first\r\nsecond\r\n", "a note\nand another", "# mine\ntrue 19",
    "\(one)\nask Bob about 10.0.0.3", "\(one)\n\(one) x", "\(one)\n   ", "\(one)\nsure",
    "\(one)\n" + one.replacingOccurrences(of: "tcp", with: "sctp"),
    "\(one)\n" + other.replacingOccurrences(of: "SF", with: "SFX"),
  ])
  func `what is no label file, or no beginning of a line, stays as it was`(text: String) throws {
    let after = try append(to: text)
    #expect(after.text == text && after.torn == nil)
    #expect(after.error?.line != nil)
  }
}
