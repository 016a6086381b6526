import PicketData
import Testing

@Suite struct LabelTests {
  private let schema = makeSchema([("x", .numeric), ("label", .label)])

  @Test
  func `labels are told that count as anomalies and are spelled like normal ones, or say nothing`()
    throws
  {
    let labels = ["normal", "Normal", "normal ", "BENIGN", "nan", "?", "dos", "abnormal", "Normal"]
    let table = try read(labels.map { "1,\($0)\n" }.joined(), schema)
    #expect(
      table.doubtfulAnomalies.map { "\($0.label):\($0.rows)" } == [
        "Normal:2", "normal :1", "BENIGN:1", "nan:1", "?:1",
      ])
    #expect(try read("1,normal\n1,dos\n", schema).doubtfulAnomalies.isEmpty)
    let unlabelled = makeSchema([("x", .numeric)])
    #expect(try read("1\n2\n", unlabelled).doubtfulAnomalies.isEmpty)
  }

  @Test func `the labels of some rows of several files are counted together`() throws {
    let records = RecordSet([
      try read("1,normal\n2,dos\n3,dos\n", schema), try read("4,probe\n5,dos\n", schema),
    ])
    let counts = records.labelCounts([0, 1, 3, 4])
    #expect(counts.map(\.label) == ["dos", "normal", "probe"] && counts.map(\.rows) == [2, 1, 1])
    #expect(counts.map(\.isNormal) == [false, true, false])
    #expect(records.labelCounts([]).isEmpty)
  }
}
