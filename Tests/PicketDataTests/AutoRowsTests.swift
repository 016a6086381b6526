import PicketData
import Testing

@Suite struct AutoRowsTests {
  private static func records() throws -> RecordSet {
    RecordSet([
      try Table(bytes: Synth(seed: 8, recordCount: 6_000).csv(), file: "s", schema: .synth)
    ])
  }

  /// A split at random, and one whose calibration rows choose the epoch too.
  private static func split(_ records: RecordSet, given: Bool) -> TrainingSplit {
    given
      ? TrainingSplit(RowSplit(records.tables[0], ProtocolP1(.all, seed: 3)))
      : TrainingSplit(records, .init(), learnsAnomalies: true, seed: 3)
  }

  @Test(arguments: [false, true])
  func `what judges a trial neither teaches it nor calibrates the model, and is of no test`(
    given: Bool
  ) throws {
    let records = try Self.records()
    let split = Self.split(records, given: given)
    let rows = AutoRows(split, records, seed: 3)
    #expect(rows.folds.count == 2)
    #expect(rows.normalJudges.count == split.train.normal.count / 8)
    for (fold, judges) in rows.folds {
      let normal = Set(rows.normalJudges)
      #expect(normal.isSubset(of: split.train.normal))
      #expect(normal.isDisjoint(with: fold.train.normal + fold.validation.normal))
      #expect(normal.isDisjoint(with: fold.calibration + split.calibration + split.test.normal))
      #expect(!judges.isEmpty)
      #expect(Set(judges).isDisjoint(with: fold.train.anomaly + fold.validation.anomaly))
      #expect(Set(judges).isDisjoint(with: split.test.anomaly))
    }
  }

  @Test func `rows that were to be learned judge nothing`() throws {
    let records = try Self.records()
    var split = Self.split(records, given: false)
    let taught = Array(records.normalRows.prefix(records.normalRows.count / 2))
    split.teach(taught)
    let rows = AutoRows(split, records, seed: 3)
    #expect(!rows.normalJudges.isEmpty && Set(rows.normalJudges).isDisjoint(with: taught))
    #expect(Set(rows.folds[0].split.train.normal).isSuperset(of: taught))
  }
}
