import CPicket
import PicketDetectors
import PicketExport
import Testing

/// A batch through the C function, as the ordinary modules compile it.
@Suite struct `A batch` {
  private func model(_ element: ElementType) throws -> OpenModel {
    var random = Fixtures.Random(state: 21)
    let encoder = [
      Fixtures.layer(Fixtures.encoding.inputCount, 40, .relu, &random),
      Fixtures.layer(40, 2, .linear, &random),
    ]
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0.1, -0.2], covariance: [1, 0, 0, 1]),
      latentSize: 2, encoder: encoder)
    return try OpenModel(
      ModelWriter.write(Fixtures.trained(network), options: ExportOptions(elementType: element)))
  }

  @Test(arguments: [ElementType.float32, .float16, .int8, .integer])
  func `gives each record's own score, up to the one that is refused`(element: ElementType) throws {
    let model = try model(element)
    var random = Fixtures.Random(state: 22)
    let fields = model.fieldCount
    var records = Fixtures.records(9, &random)
    records[6 * fields] = .nan
    let (status, results) = model.scoreBatch(records)
    #expect(status == Int32(PICKET_E_NOT_FINITE))
    #expect(results.count == 6)
    for (index, result) in results.enumerated() {
      let alone = try model.score(Array(records[index * fields..<(index + 1) * fields]))
      #expect(result.score.bitPattern == alone.score.bitPattern)
      #expect(result.p_value.bitPattern == alone.p_value.bitPattern)
      #expect(result.flags == alone.flags)
    }
    #expect(Set(results.map(\.score.bitPattern)).count > 1)
  }
}
