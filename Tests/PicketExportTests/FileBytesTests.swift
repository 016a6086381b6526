import PicketData
import PicketDetectors
import PicketExport
import PicketNN
import Testing

/// The size of a file by the formula of `docs/COST.md`, for a model of the shape of NSL-KDD's: 38
/// numbers, three symbolic fields of 80 categories, 118-128-64-32-8.
@Suite struct `The bytes of a file` {
  private static let counts = [3, 66, 11]

  private static let encoding = FeatureEncoding(
    fields: (0..<38).map { index in
      .numeric(
        NumericEncoding(name: "a number \(index + 10)", minimum: -1, maximum: Float(index)))
    }
      + counts.enumerated().map { index, count in
        .symbolic(
          SymbolicEncoding(
            name: "symbol \(index)", categories: (0..<count).map { "\(index): \(100 + $0)" }))
      })

  private static func model() -> TrainedModel {
    var random = Fixtures.Random(state: 11)
    let widths = [118, 128, 64, 32, 8]
    let encoder = (0..<4).map { index in
      ScoringLayer.dense(
        Fixtures.layer(
          widths[index], widths[index + 1], index == 3 ? .linear : .relu, &random))
    }
    let identity = (0..<64).map { $0 % 9 == 0 ? 1 : 0 as Double }
    let records: [Float] = (0..<6_000).flatMap { _ in
      (0..<38).map { _ in Float.random(in: -1...37, using: &random) }
        + counts.map { Float(Int.random(in: 0..<$0, using: &random)) }
    }
    return TrainedModel(
      network: ScoringNetwork(
        kind: .anoEAN,
        score: .mahalanobis(mean: Array(repeating: 0, count: 8), covariance: identity),
        latentSize: 8, encoder: encoder),
      encoding: encoding, schema: "shape", calibrationRecords: records,
      provenance: Provenance(
        trainer: "0", detector: "anoean", data: [], seed: 1, configuration: .object([:]),
        metrics: [:]))
  }

  @Test(arguments: [(ElementType.int8, 118), (.integer, 120)])
  func `follow the formula, and are at most 32,768 for a model of NSL-KDD's shape`(
    type: ElementType, rows: Int
  ) throws {
    let bytes = try ModelWriter.write(Self.model(), options: ExportOptions(elementType: type))
    func up(_ count: Int) -> Int { (count + 63) / 64 * 64 }
    func word(_ at: Int) -> Int {
      bytes[at..<at + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let points = word(64 + 16 * 7 + 8) / 8
    let provenance = word(64 + 16 * 8 + 8)
    let names = 38 * 12 + 3 * 9 + 80 * 7
    let weights = (rows * 128 + 128 * 64 + 64 * 32 + 32 * 16) + 2 * 4 * (128 + 64 + 32 + 16)
    let sections = [
      64, 1 + names, 16 * 41, 4 * 80, 64 + 8 * 48 + 8 * 48 + 8 * 3, 64 * 4, weights, 8 * points,
      provenance, 4 * 41,
    ]
    #expect(bytes.count == up(64 + 16 * 10) + sections.map(up).reduce(0, +))
    // Of provenance, a real one has 450 bytes.
    #expect(points <= 56 && bytes.count - up(provenance) + up(450) <= 32_768)
  }
}
