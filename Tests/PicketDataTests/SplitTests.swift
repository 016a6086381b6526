import Foundation
import PicketData
import Testing

@Suite struct SplitTests {
  private static func table(_ seed: UInt64) throws -> Table {
    try Table(bytes: Synth(seed: seed, recordCount: 20_000).csv(), file: "s", schema: .synth)
  }

  private func lists(_ split: RowSplit) -> [[Int]] {
    [
      split.trainNormal, split.trainAnomaly, split.validationNormal, split.validationAnomaly,
      split.testNormal, split.testAnomaly,
    ]
  }

  @Test(arguments: ProtocolP1.Anomalies.allCases, 0..<4 as Range<UInt64>)
  func `protocol P1 gives disjoint lists of the stated sizes`(
    anomalies: ProtocolP1.Anomalies, seed: UInt64
  ) throws {
    let table = try Self.table(5)
    let split = RowSplit(table, ProtocolP1(anomalies, seed: seed))
    let rows = lists(split).flatMap { $0 }
    #expect(Set(rows).count == rows.count)
    try split.check(against: table, file: "split")
    let train = table.normalCount * 4 / 5
    #expect(split.trainNormal.count + split.validationNormal.count == train)
    #expect(split.validationNormal.count == train / 10)
    #expect(split.testNormal.count == table.normalCount - train)
    let learned = split.trainAnomaly.count + split.validationAnomaly.count
    #expect(anomalies == .all ? learned == train / 10 : learned <= train / 10)
    #expect(split.validationAnomaly.count == learned / 10)
    #expect(split.testAnomaly.count == split.testNormal.count / 4)
    #expect(split == RowSplit(table, ProtocolP1(anomalies, seed: seed)))
    #expect(split != RowSplit(table, ProtocolP1(anomalies, seed: seed + 1)))
    #expect(split.train == split.trainNormal + split.trainAnomaly)
    #expect(split.test.count == split.testNormal.count + split.testAnomaly.count)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `of open labels two in five train, and the others only test`(seed: UInt64) throws {
    let table = try Self.table(6)
    let split = RowSplit(table, ProtocolP1(.open, seed: seed))
    func labels(_ rows: [Int]) -> Set<String> { Set(rows.compactMap(table.label(ofRow:))) }
    let learned = labels(split.trainAnomaly + split.validationAnomaly)
    // 4/9 of five labels is 2.2.
    #expect(learned.count == 2)
    #expect(labels(split.testAnomaly).subtracting(learned).count == 3)
  }

  @Test func `a smaller share of anomalies gives fewer of them`() throws {
    let table = try Self.table(7)
    var protocolP1 = ProtocolP1(.all, seed: 1)
    protocolP1.anomalyShare = 0.01
    let split = RowSplit(table, protocolP1)
    let learned = split.trainAnomaly.count + split.validationAnomaly.count
    #expect(learned == table.normalCount * 4 / 5 / 100)
  }

  @Test func `a split for normal rows alone has the stated shares`() throws {
    let table = try Self.table(8)
    let split = RowSplit(normalOnly: table, trainShare: 0.6, validationShare: 0.2, seed: 3)
    let count = table.normalCount
    #expect(split.trainNormal.count == count * 6 / 10)
    #expect(split.validationNormal.count == count / 5)
    #expect(lists(split).map(\.count).reduce(0, +) == count + split.testAnomaly.count)
    #expect(split.testAnomaly.count == split.testNormal.count / 4)
    #expect(split.trainAnomaly.isEmpty && split.validationAnomaly.isEmpty)
    let rows = lists(split).flatMap { $0 }
    #expect(Set(rows).count == rows.count)
    try split.check(against: table, file: "split")
    let whole = RowSplit(normalOnly: table, trainShare: 1, validationShare: 1, seed: 3)
    #expect(whole.trainNormal.count == count && whole.testNormal.isEmpty)
  }

  /// Writes bytes to a file for the time of one call.
  private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws
    -> Result
  {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  @Test func `a split file is read, plain or gzipped`() throws {
    let text = Array("nn.avw\nNAAn\r\n".utf8)
    for bytes in [text, gzipStored(text)] {
      let split = try withFile(bytes) { try RowSplit(path: $0, rowCount: 10) }
      #expect(lists(split) == [[0, 1, 9], [3], [4], [5], [6], [7, 8]])
    }
  }

  @Test func `a split file of another length or with another character is an error`() throws {
    let short = #expect(throws: DataError.self) {
      try withFile(Array("nna".utf8)) { try RowSplit(path: $0, rowCount: 4) }
    }
    #expect(short?.found == "3 rows" && short?.expected == "4, as the table has")
    let strange = #expect(throws: DataError.self) {
      try withFile(Array("nnx".utf8)) { try RowSplit(path: $0, rowCount: 3) }
    }
    #expect(strange?.found == "byte 120 for row 2")
  }

  @Test func `a split of another table is refused`() throws {
    var split = RowSplit()
    split.trainNormal = [1]
    let table = try read("1,tcp,2,normal\n1,tcp,2,smurf\n")
    #expect(throws: DataError.self) { try split.check(against: table, file: "s") }
    split.trainNormal = [0]
    split.testAnomaly = [2]
    #expect(throws: DataError.self) { try split.check(against: table, file: "s") }
  }
}
