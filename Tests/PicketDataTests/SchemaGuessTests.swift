import Foundation
import PicketData
import Testing

@Suite struct SchemaGuessTests {
  /// Guesses the schema of a text, through a file that is deleted afterwards.
  private func guess(_ text: String, named name: String = "flows.csv") throws -> SchemaGuess {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return try Schema.guess(path: file.path)
  }

  private func kinds(_ guess: SchemaGuess) -> [Schema.Kind] { guess.schema.columns.map(\.kind) }

  @Test func `a header, kinds and a label are recognised`() throws {
    let rows = (0..<50).map {
      "\($0),\($0 % 2 == 0 ? "tcp" : "udp"),\($0 % 5 == 0 ? "dos" : "BENIGN")"
    }
    let found = try guess("time,proto,Label\n" + rows.joined(separator: "\n"))
    #expect(found.schema.name == "flows")
    #expect(found.schema.hasHeader)
    #expect(found.schema.columns.map(\.name) == ["time", "proto", "Label"])
    #expect(kinds(found) == [.numeric, .symbolic, .label])
    #expect(found.schema.normalLabels == ["BENIGN"])
    #expect(found.rowCount == 50)
    #expect(found.notes[0].hasPrefix("0 to 49"))
  }

  @Test func `a header over categories alone is recognised`() throws {
    let rows = (0..<50).map {
      "\("ab".dropFirst($0 % 2).prefix(1)),s\($0 % 3),\($0 % 5 == 0 ? "dos" : "normal")"
    }
    let found = try guess("flag,service,label\n" + rows.joined(separator: "\n"))
    #expect(found.schema.hasHeader && found.rowCount == 50)
    #expect(found.schema.columns.map(\.name) == ["flag", "service", "label"])
    #expect(kinds(found) == [.symbolic, .symbolic, .label])
    for records in [rows, ["x,s9,normal"] + rows, ["x,x,x"] + rows] {
      #expect(try !guess(records.joined(separator: "\n")).schema.hasHeader)
    }
  }

  @Test func `without a header columns are numbered and the label is found by its values`() throws {
    let rows = (0..<50).map {
      "\($0),x\($0 % 3),\($0 % 5 == 0 ? "neptune." : "normal."),\($0 % 21)"
    }
    let found = try guess(rows.joined(separator: "\r\n"))
    #expect(!found.schema.hasHeader)
    #expect(found.schema.columns.map(\.name) == ["column1", "column2", "column3", "column4"])
    #expect(kinds(found) == [.numeric, .symbolic, .label, .ignored])
    #expect(found.schema.labelSuffix == "." && found.schema.normalLabels == ["normal"])
  }

  @Test func `cells without a finite value leave a column numeric`() throws {
    let missing = ["NaN", "inf", "-", "-Infinity", "NA", "?"]
    let rows = (0..<60).map { $0 % 3 == 0 ? missing[$0 / 3 % 6] : "\($0).5" }
    let found = try guess("rate,other\n" + rows.map { "\($0),1" }.joined(separator: "\n"))
    #expect(kinds(found) == [.numeric, .numeric])
    #expect(found.notes[0].contains("20 of 60 are not finite numbers: write numbers"))
  }

  @Test func `identifiers and empty columns are ignored`() throws {
    let rows = (0..<3000).map { "id\($0),,\($0 % 1500)" }
    for rows in [rows[...], rows.prefix(30)] {
      let found = try guess(rows.joined(separator: "\n"))
      #expect(kinds(found) == [.ignored, .ignored, .numeric])
      #expect(found.notes[0].contains("looks like an identifier"))
    }
  }

  @Test func `a clock and a counter are ignored, and what falls once is not`() throws {
    let rows = (0..<300).map { "\(1_700_000_000 + $0 / 2).5,\($0),\($0 == 299 ? 0 : $0)" }
    let found = try guess(rows.joined(separator: "\n"))
    #expect(kinds(found) == [.ignored, .ignored, .numeric])
    #expect(found.notes[1].hasSuffix("never falls: looks like a clock or a counter"))
  }

  @Test func `decimal commas are told`() throws {
    let rows = (0..<50).map { "\($0 % 7);\"\($0 % 3),5\";\($0 % 9),\($0 % 2),1" }
    let found = try guess("count;seconds;version\n" + rows.joined(separator: "\n"))
    #expect(kinds(found) == [.numeric, .ignored, .symbolic])
    #expect(found.notes[1].contains("numbers with decimal commas: write points"))
  }

  @Test func `numbers with blanks are told`() throws {
    let rows = (0..<50).map { "\($0 % 7), \($0 % 9),x \($0 % 3)" }
    let found = try guess("a, b,c\n" + rows.joined(separator: "\n"))
    #expect(kinds(found) == [.numeric, .ignored, .symbolic])
    #expect(found.notes[1].contains("numbers with blanks"))
  }

  @Test(arguments: ["is_attack", "Anomaly", "malicious"])
  func `a column of that name is the label, not a field`(name: String) throws {
    let rows = (0..<50).map { "\($0 % 7),\($0 % 9 == 0 ? "True" : "False")" }
    let found = try guess("a,\(name)\n" + rows.joined(separator: "\n"))
    #expect(kinds(found) == [.numeric, .label] && found.doubtfulLabels == ["False", "True"])
  }

  @Test(
    arguments: [
      (Array("#separator \\x09\n#fields\tts\tproto\n1.5\ttcp\n".utf8), "a Zeek log"),
      ([0xFF, 0xFE, 0x61, 0, 0x0A, 0], "UTF-16"), (Array("PK\u{3}\u{4}x".utf8), "a spreadsheet"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"), ([0x31, 0, 0x0A, 0], "byte of zero"),
      ([0, 0x31, 0, 0x0A], "byte of zero"), (Array("a\r1\r2\r".utf8), "carriage return"),
    ] as [([UInt8], String)])
  func `a file of another kind is named by its kind`(bytes: [UInt8], kind: String) {
    let schema = makeSchema([("a", .numeric)])
    let error = #expect(throws: DataError.self) {
      try Table(bytes: bytes, file: "t.csv", schema: schema, badRows: .skip)
    }
    #expect(error?.description.hasPrefix("t.csv: found ") == true)
    #expect(error?.found.contains(kind) == true)
  }

  @Test func `a second label is ignored, and a label of zeros and ones is a label`() throws {
    let rows = (0..<20).map { "\($0),\($0 % 2 == 0 ? "Normal" : "Worms"),\($0 % 2)" }
    let found = try guess("dur,attack_cat,label\n" + rows.joined(separator: "\n"))
    #expect(kinds(found) == [.numeric, .ignored, .label])
    #expect(found.schema.normalLabels == ["0"])
  }

  @Test func `where no label is known to be normal, the guess says so`() throws {
    func rows(_ often: String, _ seldom: String) -> String {
      "time,class\n" + (0..<50).map { "\($0),\($0 % 5 == 0 ? seldom : often)\n" }.joined()
    }
    let doubtful = try guess(rows("flood", "ok"))
    #expect(doubtful.doubtfulLabels == ["flood", "ok"])
    #expect(doubtful.schema.normalLabels == ["flood"])
    #expect(doubtful.toml.contains("NORMAL IS A GUESS"))
    for known in ["normal", "Benign.", "0"] {
      #expect(try guess(rows("1", known)).doubtfulLabels.isEmpty)
    }
  }

  @Test func `every spelling of normal is normal, with blanks around it too`() throws {
    let labels = ["normal", "Normal", " BENIGN", "normal ", "benign.", "abnormal"]
    let text = "time,class\n" + (0..<60).map { "\($0 % 9),\(labels[$0 % 6])\n" }.joined()
    let found = try guess(text)
    #expect(found.schema.normalLabels == Array(labels.dropLast()) && found.doubtfulLabels.isEmpty)
    let table = try Table(bytes: Array(text.utf8), file: "t.csv", schema: found.schema)
    #expect(table.normalCount == 50)
  }

  @Test(arguments: [";", "\t", "|"])
  func `the delimiter is recognised`(delimiter: String) throws {
    let rows = (0..<30).map { ["\($0)", "a,b", "1,5x", "c"].joined(separator: delimiter) }
    let found = try guess(rows.joined(separator: "\n"))
    #expect(found.schema.delimiter == delimiter.utf8.first)
    #expect(kinds(found) == [.numeric, .symbolic, .symbolic, .symbolic])
  }

  @Test func `the guess written as TOML reads the file it was made from`() throws {
    let text = String(decoding: Synth(seed: 3, recordCount: 2000).csv(), as: UTF8.self)
    let found = try guess(text, named: "synth.csv")
    var schema = try Schema(toml: found.toml, file: "s.toml")
    #expect(schema == found.schema)
    let table = try Table(bytes: Array(text.utf8), file: "synth.csv", schema: schema)
    #expect(table.rowCount == 2000)
    schema.name = Schema.synth.name
    #expect(schema == Schema.synth)
  }

  @Test(arguments: ["", "\n\n"])
  func `an empty file has no schema`(text: String) {
    #expect(throws: DataError.self) { try guess(text) }
  }

  @Test(arguments: ["a,b,label", "a,b,label\r\n", "a,b,label\n\n"])
  func `a line of names alone has no schema`(text: String) {
    let error = #expect(throws: DataError.self) { try guess(text) }
    #expect(error?.found == "one line, and no number in it")
    #expect(throws: Never.self) { try guess("a,1,normal\n") }
  }

  @Test func `an empty first line is told with its number`() {
    let error = #expect(throws: DataError.self) { try guess("\r\na,b\n1,2\n3,4\n") }
    #expect(error?.line == 1 && error?.found == "an empty line")
  }

  @Test func `a column without a name is called by its place, and can be read`() throws {
    let text = ",a,,label\n" + (0..<200).map { "\($0),\($0 % 7),\($0 % 5),normal\n" }.joined()
    let found = try guess(text)
    #expect(found.schema.columns.map(\.name) == ["unnamed1", "a", "unnamed3", "label"])
    #expect(kinds(found) == [.ignored, .numeric, .numeric, .label])
    let table = try Table(bytes: Array(text.utf8), file: "t.csv", schema: found.schema)
    #expect(table.rowCount == 200)
  }

  @Test func `rows of another width are counted`() throws {
    let found = try guess("a,b\n1,2\n1\n1,2,3\n1,\"2\n1,2\n")
    #expect(found.rowCount == 5 && found.oddRows == 3)
  }

  @Test func `a long name does not move the notes of all columns`() throws {
    let name = String(repeating: "n", count: 100_000)
    let text = "\(name),b,c,d\n1,2,3,4\n5,6,7,8\n"
    #expect(try guess(text).toml.utf8.count < 102_000)
  }
}
