import CPicket
import PicketData
import PicketDetectors
import PicketExport
import PicketRuntime
import Testing

/// The drift monitor against scores whose distribution is known, through the C functions.
@Suite struct `The drift monitor` {
  /// A source of scores with mean 50.
  enum Shape: String, CaseIterable, Sendable {
    /// Sums of twelve uniform numbers: almost a normal distribution, of deviation 5.
    case bell
    /// Exponential, of deviation 5: like scores, with a long tail.
    case tailed

    func next(_ random: inout Fixtures.Random) -> Float {
      switch self {
      case .bell:
        (0..<12).reduce(Float(20)) { sum, _ in sum + 5 * Float.random(in: 0..<1, using: &random) }
      case .tailed:
        45 + 5 * Float(Math.exponentialQuantile(Double.random(in: 0..<1, using: &random)))
      }
    }

    static let deviation: Float = 5
  }

  /// The p-value at which these tests report, at every look.
  private static let alarm: Float = 1e-4

  /// A model whose score is the only field of its records, calibrated on scores.
  private func model(_ shape: Shape, _ random: inout Fixtures.Random) throws -> OpenModel {
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
      encoder: [
        DenseParameters(inputs: 1, outputs: 1, weights: [1000], bias: [0], activation: .linear)
      ])
    var trained = Fixtures.trained(network)
    trained.encoding = FeatureEncoding(fields: [
      .numeric(NumericEncoding(name: "score", minimum: 0, maximum: 1000))
    ])
    trained.calibrationRecords = (0..<5000).map { _ in shape.next(&random) }
    return try OpenModel(ModelWriter.write(trained))
  }

  private func figures(_ drift: inout picket_drift) -> picket_drift_figures {
    var figures = picket_drift_figures()
    #expect(picket_drift_report(&drift, &figures) == 0)
    return figures
  }

  /// A thousand runs, each with a calibration of its own, looked at after every 500 records.
  ///
  /// Fewer than ten may report, that is 1 in 100. With 20 looks at 1e-4 each, two are expected.
  @Test(arguments: Shape.allCases)
  func `is silent in 99 of 100 runs of 10,000 records`(shape: Shape) throws {
    var random = Fixtures.Random(state: 1)
    var reports = 0
    for _ in 0..<1000 {
      var drift = try model(shape, &random).drift()
      var reported = false
      for _ in 0..<20 {
        for _ in 0..<500 { _ = picket_drift_add(&drift, shape.next(&random)) }
        reported = reported || figures(&drift).p_value < Self.alarm
      }
      reports += reported ? 1 : 0
    }
    print("\(shape): \(reports) of 1000 unshifted runs reported")
    #expect(reports < 10)
  }

  @Test(arguments: Shape.allCases, [-1, 1] as [Float])
  func `sees a shift of half a deviation within 2,000 records`(
    shape: Shape, direction: Float
  ) throws {
    var random = Fixtures.Random(state: 2)
    var latest = 0
    for _ in 0..<100 {
      var drift = try model(shape, &random).drift()
      var seen = 0
      for record in 1...2000 {
        let score = shape.next(&random) + direction * 0.5 * Shape.deviation
        _ = picket_drift_add(&drift, score)
        if record.isMultiple(of: 100) && seen == 0 && figures(&drift).p_value < Self.alarm {
          seen = record
        }
      }
      #expect(seen > 0)
      latest = max(latest, seen)
    }
    print("\(shape), \(direction): seen after \(latest) records at the latest of 100 runs")
  }

  /// If nothing has changed, p-values are uniform: about a tenth of them are below 0.1.
  @Test func `gives p-values that mean what they say`() throws {
    var random = Fixtures.Random(state: 3)
    var below: [Float: Int] = [:]
    for _ in 0..<1000 {
      var drift = try model(.bell, &random).drift()
      for _ in 0..<3000 { _ = picket_drift_add(&drift, Shape.bell.next(&random)) }
      let p = figures(&drift).p_value
      for level in [0.5, 0.1, 0.01] as [Float] where p < level { below[level, default: 0] += 1 }
    }
    print("p below 0.5, 0.1, 0.01: \(below)")
    // Four deviations of a binomial count.
    #expect((437...563).contains(below[0.5] ?? 0))
    #expect((62...138).contains(below[0.1] ?? 0))
    #expect((0...23).contains(below[0.01] ?? 0))
  }

  @Test func `agrees with the formulas of its header in double precision`() throws {
    var random = Fixtures.Random(state: 4)
    var drift = try model(.tailed, &random).drift()
    for _ in 0..<4000 { _ = picket_drift_add(&drift, Shape.tailed.next(&random)) }
    let given = figures(&drift)
    #expect(given.records == 4000 && given.degrees_of_freedom == 10)
    // The monitor's layout: private to callers, and pinned by this test.
    let (expected, counts) = withUnsafeBytes(of: &drift) { bytes in
      (
        (0..<11).map { Double(bytes.load(fromByteOffset: 64 + $0 * 4, as: Float.self)) },
        (0..<11).map { Double(bytes.load(fromByteOffset: 108 + $0 * 4, as: UInt32.self)) }
      )
    }
    #expect(abs(expected.reduce(0, +) - 1) < 1e-6)
    #expect(expected.allSatisfy { $0 > 0.04 && $0 < 0.16 })
    #expect(counts.reduce(0, +) == 4000)
    let (n, m) = (5000.0, 4000.0)
    var (chi, index) = (0.0, 0.0)
    for (e, c) in zip(expected, counts) {
      let h = (c + n * e) / (m + n)
      chi += m * n / (m + n) * (c / m - e) * (c / m - e) / h
      let (o, x) = ((c + 0.5) / (m + 5.5), (n * e + 0.5) / (n + 5.5))
      index += (o - x) * Math.log(o / x)
    }
    #expect(abs(Double(given.chi_square) / chi - 1) < 1e-4)
    #expect(abs(Double(given.population_stability) / index - 1) < 1e-3)
    var (term, sum) = (Math.exp(-chi / 2), 0.0)
    for j in 1...5 {
      sum += term
      term *= chi / 2 / Double(j)
    }
    #expect(abs(Double(given.p_value) / sum - 1) < 1e-3)
  }

  @Test func `of merged monitors is that of all their scores`() throws {
    var random = Fixtures.Random(state: 5)
    let opened = try model(.bell, &random)
    var (all, first, second) = try (opened.drift(), opened.drift(), opened.drift())
    for i in 0..<1000 {
      let score = Shape.bell.next(&random)
      _ = picket_drift_add(&all, score)
      _ = i % 3 == 0 ? picket_drift_add(&first, score) : picket_drift_add(&second, score)
    }
    #expect(picket_drift_merge(&first, &second) == 0)
    #expect(figures(&first).chi_square == figures(&all).chi_square)
    #expect(figures(&first).records == 1000)
    #expect(picket_drift_reset(&first) == 0)
    #expect(figures(&first).records == 0 && figures(&first).p_value == 1)
  }
}
