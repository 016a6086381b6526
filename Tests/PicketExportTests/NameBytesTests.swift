import CPicket
import PicketData
import PicketDetectors
import PicketExport
import PicketNN
import PicketRuntime
import Testing

@Suite struct `Names that look the same` {
  /// One scalar, and two.
  private static let (one, two) = ("caf\u{E9}", "cafe\u{301}")

  @Test func `are categories and fields of their own, to the trainer and to the C library`() throws
  {
    let schema = try Schema(
      name: "s", columns: [Schema.Column(Self.one, .symbolic), Schema.Column(Self.two, .symbolic)],
      hasHeader: true)
    let lines = ["\(Self.one),\(Self.two)", "\(Self.two),\(Self.one)", "x,\(Self.two)"]
    let text = (["\(Self.one),\(Self.two)"] + lines).joined(separator: "\n")
    let table = try Table(bytes: Array(text.utf8), file: "t.csv", schema: schema)
    let encoding = FeatureEncoding.fit(table: table, rows: [0, 1, 2])
    let bytes = try ModelWriter.write(trained(encoding, records: [0, 0, 1, 1, 2, 0]))

    let trainer = try LoadedModel(bytes: bytes)
    #expect(
      trainer.fields.map { Array($0.name.utf8) } == [Self.one, Self.two].map { Array($0.utf8) })
    let records = try trainer.records(from: table)
    #expect(records == [1, 0, 0, 1, 2, 0])
    let library = try OpenModel(bytes)
    for (row, line) in lines.enumerated() {
      var record: [Float] = [.nan, .nan]
      #expect(
        picket_record_parse(
          &library.model, line, line.utf8.count, CChar(UInt8(ascii: ",")), &record, nil) == 0)
      #expect(record == Array(records[2 * row..<2 * row + 2]), "row \(row)")
    }
  }

  private func trained(_ encoding: FeatureEncoding, records: [Float]) -> TrainedModel {
    var random = Fixtures.Random(state: 3)
    let network = ScoringNetwork(
      kind: .vae, score: .reconstruction, latentSize: 2,
      encoder: [Fixtures.layer(encoding.inputCount, 2, .linear, &random)],
      decoder: [Fixtures.layer(2, encoding.inputCount, .sigmoid, &random)])
    return TrainedModel(
      network: network, encoding: encoding, schema: "s",
      calibrationRecords: (0..<50).flatMap { _ in records },
      provenance: Provenance(
        trainer: "0", detector: "fixture", data: [], seed: 1, configuration: .object([:]),
        metrics: [:]))
  }
}
