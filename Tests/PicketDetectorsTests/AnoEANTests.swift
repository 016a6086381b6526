import PicketDetectors
import PicketMetrics
import PicketNN
import PicketNumbers
import Testing

@Suite("AnoEAN")
struct AnoEANTests {
  @Test("tells new normal records from anomalies of places seen and unseen")
  func separates() throws {
    let result = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, .toy)
    let test = ToyRecords(seed: 2, normals: 1000)
    let scores = (test.normal + test.anomalies).map(result.network.referenceScore)
    let truth = scores.indices.map { $0 >= test.normal.count }
    let seen = try #require(DetectionCurve(scores: scores, isAnomaly: truth))
    #expect(seen.averagePrecision > 0.98)
    let others = (test.normal + test.unseen).map(result.network.referenceScore)
    let unseen = try #require(DetectionCurve(scores: others, isAnomaly: truth))
    #expect(unseen.areaUnderROC > 0.9)
    #expect(result.validation > 0.98)
  }

  @Test("gathers the codes of normal records about the origin, at the scale of N(0, I)")
  func codesAreNormal() throws {
    var configuration = AnoEANConfiguration.toy
    configuration.epochs = 150
    configuration.patience = 150
    configuration.adam.learningRate = 3e-3
    let result = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, configuration)
    guard case .mahalanobis(let mean, let covariance) = result.network.score else {
      Issue.record("an AnoEAN scores by Mahalanobis distance")
      return
    }
    // The game's equilibrium lies beside N(0, I): that is why the Gaussian is fitted afterwards.
    #expect(mean.allSatisfy { abs($0) < 1 })
    #expect([covariance[0], covariance[3]].allSatisfy { $0 > 0.1 && $0 < 3 })
  }

  @Test("gives the same bits for the same seed, others for another")
  func isDeterministic() throws {
    let records = ToyRecords(seed: 1).anoEAN
    var configuration = AnoEANConfiguration.toy
    configuration.epochs = 5
    let first = try AnoEAN.train(records, configuration).network
    #expect(try AnoEAN.train(records, configuration).network == first)
    configuration.seed = 2
    #expect(try AnoEAN.train(records, configuration).network != first)
  }

  @Test("keeps the epoch with the best validation figure")
  func keepsBest() throws {
    var figures: [Double] = []
    let observer = TrainingObserver(onEpoch: { figures.append($0.validation) })
    let result = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, .toy, observer: observer)
    #expect(figures.count == AnoEANConfiguration.toy.epochs)
    #expect(result.validation == figures.max())
    #expect(figures.lastIndex(of: result.validation) == result.epoch - 1)
  }

  @Test("an activity penalty leaves fewer hidden units of normal records active, and tells as well")
  func penaltyMakesSparse() throws {
    var configuration = AnoEANConfiguration.toy
    let plain = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, configuration)
    configuration.activityPenalty = 0.3
    let sparse = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, configuration)
    let test = ToyRecords(seed: 2, normals: 1000)
    #expect(sparse.network.activeShare(test.normal) < 0.8 * plain.network.activeShare(test.normal))
    #expect(sparse.validation > 0.98)
  }

  @Test("counts the multiply-adds of its steps")
  func countsWork() throws {
    var configuration = AnoEANConfiguration.toy
    configuration.epochs = 1
    let result = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, configuration)
    // Encoder 3-16-16-2, discriminator 2-16-8-1; 110 rows of three non-zero numbers.
    let (encoder, discriminator) = (3 * 16 + 16 * 16 + 16 * 2, 2 * 16 + 16 * 8 + 8)
    let step =
      110 * (3 * encoder - 3 * 16) + 220 * (3 * discriminator - 2 * 16)
      + 110 * 2 * discriminator
    #expect(result.steps == 1800 / 100)
    #expect(result.work.denseMultiplyAdds == result.steps * step)
    #expect(result.work.multiplyAdds == result.work.denseMultiplyAdds)
  }

  @Test("ends when told to, with the best network so far")
  func canBeCancelled() throws {
    var epochs = 0
    let observer = TrainingObserver(
      onEpoch: { _ in epochs += 1 }, isCancelled: { epochs == 3 })
    let result = try AnoEAN.train(ToyRecords(seed: 1).anoEAN, .toy, observer: observer)
    // The fourth epoch ends before its first step and is judged as it stands.
    #expect(epochs == 4 && result.epoch <= 4 && result.network.encoder.count == 3)
  }

  @Test("says what is missing")
  func refusesIncompleteRecords() {
    let none = ToyRecords.rows([])
    var records = ToyRecords(seed: 1).anoEAN
    records.anomalies = none
    #expect(throws: TrainingError.self) { try AnoEAN.train(records, .toy) }
    records = ToyRecords(seed: 1).anoEAN
    records.normal = none
    #expect(throws: TrainingError.self) { try AnoEAN.train(records, .toy) }
    records = ToyRecords(seed: 1).anoEAN
    var configuration = AnoEANConfiguration.toy
    configuration.epochs = 0
    let refusal = #expect(throws: TrainingError.self) { try AnoEAN.train(records, configuration) }
    #expect(refusal?.description == "the number of epochs is 0; at least 1 is needed")
    records.validationNormal = SparseRows(dense: [], columnCount: 4)
    #expect(throws: TrainingError.self) { try AnoEAN.train(records, .toy) }
  }
}

extension ScoringNetwork {
  /// The share of the hidden units that are not zero, over some rows.
  fileprivate func activeShare(_ rows: [[Float]]) -> Double {
    var (active, all) = (0, 0)
    for row in rows {
      var values = row
      for case .dense(let layer) in encoder.dropLast() {
        values = (0..<layer.outputs).map { output in
          max(
            values.indices.reduce(layer.bias[output]) {
              $0 + values[$1] * layer.weights[$1 * layer.outputs + output]
            }, 0)
        }
        active += values.count { $0 > 0 }
        all += values.count
      }
    }
    return Double(active) / Double(all)
  }
}
