import PicketData
import PicketNumbers
import Testing

@Suite struct ReaderTests {
  /// The same three records, written in every way that means them.
  @Test(arguments: [
    "0.5,tcp,10,normal\n7,udp,2e3,smurf\n-1,tcp,0,normal\n",
    "0.5,tcp,10,normal\n7,udp,2e3,smurf\n-1,tcp,0,normal",
    "0.5,tcp,10,normal\r\n7,udp,2e3,smurf\r\n-1,tcp,0,normal\r\n",
    "0.5,tcp,10,normal\r\n7,udp,2e3,smurf\r\n-1,tcp,0,normal",
    "0.5,tcp,10,normal\n7,udp,2e3,smurf\n-1,tcp,0,normal\n\n\r\n\n",
    "\"0.5\",\"tcp\",\"10\",\"normal\"\n\"7\",\"udp\",\"2e3\",smurf\n-1,tcp,\"0\",\"normal\"",
    "\"0.5\",tcp,10,\"normal\"\r\n7,\"udp\",2000.000,\"smurf\"\r\n\"-1\",tcp,0,normal\r\n\r\n",
    "\u{FEFF}0.50,tcp,1e1,normal\n+7,udp,002000,smurf\n-1.,tcp,.0,normal\n",
  ])
  func `equal records are read from however they are written`(text: String) throws {
    for bytes in [Array(text.utf8), gzipStored(Array(text.utf8))] {
      let table = try Table(bytes: bytes, file: "t.csv", schema: smallSchema)
      #expect(table.rowCount == 3)
      #expect(table.numbers("duration") == [0.5, 7, -1])
      #expect(table.numbers("bytes") == [10, 2000, 0])
      #expect(table.texts("protocol") == ["tcp", "udp", "tcp"])
      #expect(table.labelTexts == ["normal", "smurf", "normal"])
      #expect(table.isNormal == [true, false, true])
      #expect(table.normalRows == [0, 2] && table.anomalyRows == [1] && table.normalCount == 2)
    }
  }

  @Test func `quoted cells hold delimiters, line ends and doubled quotes`() throws {
    let text = #"""
      1,"a,b",2,normal
      1,"say ""hi""",2,normal
      1,"two
      lines",2,normal
      1,"""",2,normal
      1,plain "quoted" inside,2,"a, ""b"""
      """#
    let table = try read(text)
    #expect(
      table.texts("protocol") == [
        "a,b", "say \"hi\"", "two\nlines", "\"", "plain \"quoted\" inside",
      ])
    #expect(table.label(ofRow: 4) == "a, \"b\"")
  }

  @Test func `a line end inside quotes counts as a line`() {
    let error = failure("1,\"a\nb\",2,normal\nx,tcp,2,normal\n")
    #expect(error?.line == 3)
    #expect(error?.column == "duration")
  }

  @Test(arguments: [";", "\t", "|", " "] as [Character])
  func `any plain character may be the delimiter`(delimiter: Character) throws {
    let columns: [(String, Schema.Kind)] = [("a", .numeric), ("b", .symbolic)]
    let schema = makeSchema(columns, delimiter: delimiter)
    let table = try read("1\(delimiter)x,y\n2.5\(delimiter)z\n", schema)
    #expect(table.numbers("a") == [1, 2.5])
    #expect(table.texts("b") == ["x,y", "z"])
  }

  @Test func `the label's suffix is taken off where it is`() throws {
    let schema = makeSchema([("a", .numeric), ("l", .label)], suffix: ".")
    let table = try read("1,normal.\n2,normal\n3,smurf.\n4,.\n", schema)
    #expect(table.labelTexts == ["normal", "normal", "smurf", "."])
    #expect(table.isNormal == [true, true, false, false])
  }

  @Test func `ignored columns may hold anything`() throws {
    let schema = makeSchema([("a", .ignored), ("b", .numeric), ("c", .ignored)])
    let table = try read("nan,1,\n,2,\"x,\ny\"\n\u{00E4},3,4\n", schema)
    #expect(table.numbers("b") == [1, 2, 3])
    #expect(table.fields.count == 1)
  }

  @Test func `without a label column every row is normal`() throws {
    let table = try read("1\n2\n", makeSchema([("a", .numeric)]))
    #expect(table.isNormal == [true, true])
    #expect(table.labels == nil)
    #expect(table.label(ofRow: 0) == nil)
  }

  @Test func `a header is compared with the schema and left out`() throws {
    let schema = makeSchema([("a", .numeric), ("b", .symbolic)], header: true)
    let table = try read("\"a\", b \r\n1,x\r\n", schema)
    #expect(table.rowCount == 1)
    let twice = makeSchema([("a", .numeric), ("a.1", .numeric)], header: true)
    #expect(try read("a,a\n1,2\n", twice).numbers("a.1") == [2])
  }

  @Test func `more rows than a block and more names than the first hash table are kept`() throws {
    let schema = makeSchema([("a", .numeric), ("b", .symbolic)])
    let text = (0..<5000).map { "\($0),name\($0 % 777)\n" }.joined()
    let table = try read(text, schema)
    #expect(table.numbers("a") == (0..<5000).map { Float($0) })
    #expect(table.texts("b") == (0..<5000).map { "name\($0 % 777)" })
  }

  @Test func `the source says what the bytes were`() throws {
    let table = try read("1,tcp,2,normal\n")
    #expect(table.source.file == "t.csv")
    #expect(table.source.byteCount == 15)
    // By another program.
    #expect(
      table.source.sha256 == "fd9b663916aee82db120d345e987c76c978e4b08b9c184971f1fb3d47c7b7a44")
  }

  /// Cells that the short path reads must have the bits that the parser gives.
  @Test(arguments: 0..<4)
  func `numbers have the same bits in a file as alone`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var texts: [String] = []
    for _ in 0..<20_000 {
      var text = generator.happens(0.1) ? "-" : ""
      let whole = generator.below(8)
      for _ in 0..<whole { text += "\(generator.below(10))" }
      if whole == 0 || generator.happens(0.6) {
        text += "."
        for _ in 0..<generator.below(8) + (whole == 0 ? 1 : 0) { text += "\(generator.below(10))" }
      }
      if generator.happens(0.1) { text += "e\(generator.below(9) - 4)" }
      texts.append(text)
    }
    let table = try read(
      texts.joined(separator: "\n"), makeSchema([("a", .numeric)]))
    let values = table.numbers("a")
    #expect(values.count == texts.count)
    for (value, text) in zip(values, texts) {
      #expect(value.bitPattern == Float(text)?.bitPattern, "\(text)")
    }
  }
}
