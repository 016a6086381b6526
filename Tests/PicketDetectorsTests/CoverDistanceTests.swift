import Foundation
import PicketData
import PicketDetectors
import PicketNumbers
import Testing

@Suite("Cover distance")
struct CoverDistanceTests {
  /// Three columns of ranges 1, 10 and 100; the last is mostly zero.
  private func rows(_ count: Int, seed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      [
        Float(generator.unit()), 10 * Float(generator.unit()),
        index % 50 == 0 ? 100 * Float(generator.unit()) : 0,
      ]
    }
  }

  private func fit(_ detector: CoverDistance, _ normal: [[Float]]) throws -> any FittedDetector {
    let none = SparseRows(dense: [], columnCount: 3)
    return try detector.fit(
      TrainingRecords(
        normal: SparseRows(dense: normal, columnCount: 3), validationNormal: none),
      seed: 1, observer: TrainingObserver())
  }

  /// Each column's distance from zero to its largest value, which is what a step counts by.
  private func ranges(_ rows: [[Float]]) -> [Float] {
    (0..<3).map { column in rows.map { $0[column] }.max() ?? 0 }
  }

  private func nearest(_ row: [Float], in others: [[Float]], _ ranges: [Float]) -> Double {
    others.map { other in
      (0..<3).reduce(0.0) { sum, column in
        let step = Double((row[column] - other[column]) / ranges[column])
        return sum + step * step
      }
    }.min().map { $0.squareRoot() } ?? .infinity
  }

  @Test("without a radius it is the distance to the nearest of all, in units of the ranges")
  func all() throws {
    let normal = rows(1100, seed: 3)
    var detector = CoverDistance()
    detector.squaredRadius = 0
    let asked = rows(200, seed: 4)
    let scores = try fit(detector, normal).scores(SparseRows(dense: asked, columnCount: 3))
    for (row, score) in zip(asked, scores) {
      #expect(abs(score - nearest(row, in: normal, ranges(normal))) < 1e-6)
    }
  }

  @Test("every normal row is within the radius of a far smaller cover", arguments: [0.001, 0.02])
  func covers(_ squaredRadius: Double) throws {
    let normal = SparseRows(dense: rows(1500, seed: 5), columnCount: 3)
    var detector = CoverDistance()
    detector.squaredRadius = squaredRadius
    let fitted = try fit(detector, rows(1500, seed: 5))
    #expect(fitted.scores(normal).allSatisfy { $0 <= squaredRadius.squareRoot() + 1e-6 })
    #expect(fitted.scores(normal).contains { $0 > 0.5 * squaredRadius.squareRoot() })
    detector.squaredRadius = 0
    #expect(try 2 * fitted.scoringBytes < fit(detector, rows(1500, seed: 5)).scoringBytes)
  }

  @Test("a cover that would be too large takes a wider radius")
  func limited() throws {
    var detector = CoverDistance()
    detector.squaredRadius = 0
    let whole = try fit(detector, rows(700, seed: 6)).scoringBytes
    detector.squaredRadius = 1e-6
    detector.rows = 70
    #expect(try fit(detector, rows(700, seed: 6)).scoringBytes < whole / 5)
  }

  @Test("without normal rows there is nothing to cover, and it says so")
  func nothing() {
    #expect(throws: TrainingError.self) { try fit(CoverDistance(), []) }
  }
}
