import PicketData
import PicketReproduce
import Testing

/// Splits of invented records: the sizes that the protocols ask for, and no row twice.
@Suite struct SplitTests {
  /// 1,000 normal rows and 500 attacks of four families, in two files.
  private func data(tables: Int = 2) throws -> ExperimentData {
    let schema = try Schema(
      name: "toy", columns: [.init("x", .numeric), .init("label", .label)])
    let attacks = ["neptune", "satan", "guess_passwd", "rootkit", "mailbomb"]
    return .records(
      RecordSet(
        try (0..<tables).map { table in
          var text = (0..<1_000).map { "\($0),normal\n" }.joined()
          for row in 0..<500 { text += "\(row),\(attacks[row % (table == 0 ? 4 : 5)])\n" }
          return try Table(bytes: Array(text.utf8), file: "toy", schema: schema)
        }))
  }

  private func split(_ name: String, _ experiment: String, _ data: ExperimentData, seed: UInt64 = 3)
    throws -> RowSplit
  {
    let run = try #require(ProtocolRun.all(RunOptions()).first { $0.name == name })
    let found = try #require(run.experiments.first { $0.name == experiment })
    return try found.divide(data, seed)
  }

  @Test(arguments: [
    ("P1", "nsl-kdd-open"), ("P1", "share-1"), ("P3", "latent-2-layers-2"), ("P4", "kddtest"),
    ("P5", "kdd99"), ("P6", "cicids2017"), ("P7", "kddtest"), ("P8", "labels-10-percent"),
    ("P9", "dos"), ("P9", "open"),
  ])
  func `no row is used twice, and a seed draws the same rows again`(
    _ name: String, _ experiment: String
  ) throws {
    let data = try data()
    let split = try split(name, experiment, data)
    let all = split.train + split.validation + split.test
    #expect(Set(all).count == all.count)
    #expect(try self.split(name, experiment, data) == split)
    #expect(try self.split(name, experiment, data, seed: 4) != split)
  }

  @Test func `in P3 attacks train, and validation and test hold as many of each class`() throws {
    let data = try data(tables: 1)
    let split = try split("P3", "latent-2-layers-2", data)
    #expect(split.trainNormal.count == 400 && split.trainAnomaly.isEmpty)
    #expect(split.trainNormal.allSatisfy { data.label(ofRow: $0) != "normal" })
    #expect(split.validationNormal.count == 80 && split.validationAnomaly.count == 80)
    #expect(split.testNormal.count == 20 && split.testAnomaly.count == 20)
    #expect(split.testAnomaly.allSatisfy { data.label(ofRow: $0) == "normal" })
  }

  @Test func `in P5 a fifth of the normal rows tests against as many attacks`() throws {
    let split = try split("P5", "kdd99", try data(tables: 1))
    #expect(split.testNormal.count == 200 && split.testAnomaly.count == 200)
    #expect(split.trainNormal.count == 720 && split.validationNormal.count == 80)
  }

  @Test(arguments: [("labels-100", 100), ("labels-1-percent", 5), ("labels-10-percent", 50)])
  func `in P8 so many attacks are labelled and the second file tests, whole`(
    _ experiment: String, _ labels: Int
  ) throws {
    let split = try split("P8", experiment, try data())
    #expect(split.trainAnomaly.count + split.validationAnomaly.count == labels)
    #expect(split.testNormal.count == 1_000 && split.testAnomaly.count == 500)
    #expect(split.test.allSatisfy { $0 >= 1_500 } && split.train.allSatisfy { $0 < 1_500 })
  }

  @Test func `in P9 the family that is left out tests and never trains`() throws {
    let data = try data(tables: 1)
    let split = try split("P9", "probe", data)
    #expect(split.testAnomaly.count == 125)
    #expect(split.testAnomaly.allSatisfy { data.label(ofRow: $0) == "satan" })
    let learned = split.trainAnomaly + split.validationAnomaly
    #expect(learned.count == 80 && !learned.contains { data.label(ofRow: $0) == "satan" })
  }

  @Test func `in P9 open no row is a test row of P1, and some types test that never train`() throws
  {
    let data = try data(tables: 1)
    let split = try split("P9", "open", data)
    let outer = Set(try self.split("P1", "nsl-kdd-open", data).test)
    #expect(outer.isDisjoint(with: split.train + split.validation + split.test))
    let learned = Set((split.trainAnomaly + split.validationAnomaly).map(data.label))
    #expect(!Set(split.testAnomaly.map(data.label)).subtracting(learned).isEmpty)
    #expect(!learned.isEmpty && split.testAnomaly.count <= split.testNormal.count / 4)
  }

  @Test func `in P2 other digits test that never train`() throws {
    let labels = (0..<70_000).map { UInt8($0 % 10) }
    let images = ImageSet(
      height: 1, width: 1, labels: labels, pixels: Array(repeating: 1, count: labels.count))
    let split = try split("P2", "digit-7", .images(images))
    #expect(split.trainNormal.count == 4_500 && split.validationNormal.count == 500)
    #expect(split.testNormal.count == 1_360 && split.testAnomaly.count == 340)
    #expect((split.trainNormal + split.testNormal).allSatisfy { labels[$0] == 7 })
    let all = split.train + split.validation + split.test
    #expect(Set(all).count == all.count)
    #expect(Set(split.trainAnomaly.map { labels[$0] }).count == 4)
    #expect(Set(split.testAnomaly.map { labels[$0] }).count == 9)
  }
}
