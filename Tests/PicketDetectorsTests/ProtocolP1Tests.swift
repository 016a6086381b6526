import Foundation
import PicketData
import PicketDetectors
import PicketMetrics
import PicketNN
import PicketNumbers
import Testing

/// One seed of protocol P1 on NSL-KDD: 80 % of the normal rows, a tenth as many anomalies of four
/// ninths of the attack labels.
@Suite("Protocol P1 on NSL-KDD")
struct ProtocolP1Tests {
  @Test(
    "an AnoEAN with the default configuration finds attacks of labels it has never seen",
    .enabled(
      if: DataDirectory.locate() != nil, "no data: set PICKET_DATA to the data sets' folder"))
  func openLabels() throws {
    let directory = try #require(DataDirectory.locate())
    let known = try #require(KnownDataSet.named("nsl-kdd-train"))
    let table = try Table(path: "\(directory)/\(known.path)", schema: .nslKDD)
    let split = RowSplit(table, ProtocolP1(.open, seed: 0))
    let encoding = FeatureEncoding.fit(table: table, rows: split.train)
    func rows(_ rows: [Int]) throws -> SparseRows {
      try encoding.encodeSparse(table, rows: rows)
    }
    let records = try TrainingRecords(
      normal: rows(split.trainNormal), anomalies: rows(split.trainAnomaly),
      validationNormal: rows(split.validationNormal),
      validationAnomalies: rows(split.validationAnomaly))
    let before = threadSeconds()
    let result = try AnoEAN.train(records, AnoEANConfiguration())
    let seconds = threadSeconds() - before
    let rate = Double(result.work.multiplyAdds) / seconds
    print("P1-open, seed 0: \(result.steps) steps in \(seconds) s, \(rate) multiply-adds a second")

    let test = try rows(split.test)
    let scores = (0..<test.count).map { result.network.referenceScore(test.denseRow($0)) }
    let truth = scores.indices.map { $0 >= split.testNormal.count }
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: truth))
    // What the protocol asks of the mean of ten seeds, less three deviations of one.
    #expect(curve.averagePrecision > 0.93)
    #expect(curve.areaUnderROC > 0.96)
    #expect(curve.bestF1.value > 0.85)
    // Of processor time, so that a busy machine does not fail it.
    #expect(seconds < 4)
  }

  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
