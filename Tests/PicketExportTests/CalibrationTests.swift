import PicketDetectors
import PicketExport
import Testing

@Suite struct `The calibration table` {
  private func model() throws -> (LoadedModel, [Float]) {
    var random = Fixtures.Random(state: 5)
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
      encoder: [Fixtures.layer(Fixtures.encoding.inputCount, 1, .linear, &random)])
    let trained = Fixtures.trained(network)
    let model = try LoadedModel(bytes: ModelWriter.write(trained))
    return (model, try model.score(records: trained.calibrationRecords).map(\.score))
  }

  @Test func `gives the r-th highest score the tail r over n plus one`() throws {
    let (model, scores) = try model()
    let descending = scores.sorted(by: >)
    for rank in [1, 2, 10, 16] {
      let expected = Float(rank) / Float(scores.count + 1)
      #expect(abs(model.pValue(of: descending[rank - 1]) - expected) < 1e-6)
    }
    #expect(model.info.calibrationRows == scores.count)
    #expect(model.info.smallestBudget == 1 / Float(scores.count + 1))
  }

  @Test func `falls as the score rises, from 1 to the smallest tail`() throws {
    let (model, scores) = try model()
    let low = try #require(scores.min())
    let high = try #require(scores.max())
    #expect(model.pValue(of: low.nextDown) == 1)
    #expect(model.pValue(of: high * 2) == model.info.smallestBudget)
    var previous: Float = 1
    for step in 0...1000 {
      let p = model.pValue(of: low + (high - low) * Float(step) / 1000)
      #expect(p <= previous && p > 0)
      previous = p
    }
  }

  @Test(arguments: [0.5, 0.1, 0.01, 0.004] as [Float])
  func `gives a threshold that its own records pass at the rate asked for`(rate: Float) throws {
    let (model, scores) = try model()
    let threshold = try model.threshold(rate: rate)
    let alarms = scores.filter { $0 >= threshold }.count
    #expect(abs(Float(alarms) / Float(scores.count) - rate) < 0.004)
    #expect(abs(model.pValue(of: threshold) - rate) < 1e-5)
  }

  @Test func `refuses a rate that it cannot tell, and says which it can`() throws {
    let (model, _) = try model()
    let error = #expect(throws: ExportError.self) { try model.threshold(rate: 1e-5) }
    #expect(error?.description.contains("calibrate on more normal records") == true)
  }
}
