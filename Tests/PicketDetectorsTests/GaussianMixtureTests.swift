import PicketDetectors
import PicketNumbers
import Testing

@Suite("Gaussian mixture")
struct GaussianMixtureTests {
  private func rows(_ numbers: [Float]) -> SparseRows {
    let dense = stride(from: 0, to: numbers.count, by: 3).map { Array(numbers[$0..<$0 + 3]) }
    return SparseRows(dense: dense, columnCount: 3)
  }

  private func scores(components: Int, seed: UInt64 = 1) throws -> [Double] {
    let normal = rows(MixtureOracle.rows)
    var detector = GaussianMixture()
    detector.components = components
    detector.iterations = 500
    let fitted = try detector.fit(
      TrainingRecords(normal: normal, validationNormal: normal), seed: seed,
      observer: TrainingObserver())
    return fitted.scores(rows(MixtureOracle.probes))
  }

  @Test("one and three components end where scikit-learn's do")
  func oracle() throws {
    for (components, expected) in [(1, MixtureOracle.one), (3, MixtureOracle.three)] {
      let found = try scores(components: components)
      let worst = zip(found, expected).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? .infinity
      #expect(found.count == expected.count && worst < 1e-6)
    }
  }

  @Test("a seed gives the same mixture again")
  func seeded() throws {
    #expect(try scores(components: 8, seed: 3) == scores(components: 8, seed: 3))
    #expect(try scores(components: 8, seed: 3) != scores(components: 8, seed: 4))
  }

  @Test("more components than rows are refused")
  func tooFew() {
    #expect(throws: TrainingError.self) { try scores(components: 61) }
  }
}
