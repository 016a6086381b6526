import Foundation
import PicketDetectors
import PicketMetrics
import Testing

/// What the protocol asks of AnoEAN, on one seed.
@Suite("Protocol P1 on NSL-KDD")
struct ProtocolP1Tests {
  @Test(
    "an AnoEAN with the default configuration finds attacks of labels it has never seen",
    .enabled(
      if: OpenNSLKDD.directory != nil, "no data: set PICKET_DATA to the data sets' folder"))
  func openLabels() throws {
    let rows = try OpenNSLKDD()
    let before = threadSeconds()
    let result = try AnoEAN.train(rows.records, AnoEANConfiguration())
    let seconds = threadSeconds() - before
    let rate = Double(result.work.multiplyAdds) / seconds
    print("P1-open, seed 0: \(result.steps) steps in \(seconds) s, \(rate) multiply-adds a second")

    let scores = (0..<rows.test.count).map { result.network.referenceScore(rows.test.denseRow($0)) }
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: rows.isAnomaly))
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
