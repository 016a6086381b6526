import PicketNN
import PicketNumbers
import Testing

@Suite("Seeded generator")
struct RandomTests {
  @Test("gives xoshiro256**'s numbers")
  func knownNumbers() {
    // From the authors' C programs splitmix64.c and xoshiro256starstar.c, seed 42.
    var generator = SeededGenerator(seed: 42)
    let expected: [UInt64] = [
      0x1578_0B2E_0C2E_C716, 0x6104_D986_6D11_3A7E, 0xAE17_5332_39E4_99A1,
      0xECB8_AD47_03B3_60A1, 0xFDE6_DC7F_E2EC_5E64, 0xC50D_A531_0179_5238,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test("draws whole numbers below a bound evenly")
  func evenIndices() {
    var generator = SeededGenerator(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.below(7)] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(chiSquare < 22.5, "one run in a thousand has more")
    #expect(generator.below(1) == 0)
  }

  @Test("shuffles without losing a number")
  func shuffles() {
    var generator = SeededGenerator(seed: 4)
    var numbers = (0..<1000).map(Int32.init)
    numbers.withUnsafeMutableBufferPointer { generator.shuffle($0) }
    #expect(numbers != (0..<1000).map(Int32.init))
    #expect(numbers.sorted() == (0..<1000).map(Int32.init))
  }

  @Test("draws normal numbers with the right moments and the right shares")
  func normalNumbers() {
    var generator = SeededGenerator(seed: 5)
    let count = 1_000_000
    let numbers = generator.matrix(rows: 1000, columns: 1000).elements.map(Double.init)
    func mean(_ power: Int) -> Double {
      numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { p, _ in p * x } }
        / Double(count)
    }
    // Five standard errors: sqrt of 1, 2, 15, 96 over a million.
    #expect(abs(mean(1)) < 0.005)
    #expect(abs(mean(2) - 1) < 0.0071)
    #expect(abs(mean(3)) < 0.0194)
    #expect(abs(mean(4) - 3) < 0.049)
    // Shares beyond points within the layers, at the tail's beginning and inside the tail.
    for (point, share) in [
      (0.25, 0.401_293_674), (1, 0.158_655_254), (2.5, 0.006_209_665), (3.3, 0.000_483_424),
      (3.654_152_885, 0.000_129_016), (4.1, 0.000_020_658),
    ] {
      let error = 5 * (share / Double(count)).squareRoot()
      let above = Double(numbers.count { $0 > point }) / Double(count)
      let below = Double(numbers.count { $0 < -point }) / Double(count)
      #expect(abs(above - share) < error, "beyond \(point)")
      #expect(abs(below - share) < error, "beyond -\(point)")
    }
  }

  @Test("draws weights with the deviation of its rule", arguments: [Initialization.he, .xavier])
  func initialization(_ rule: Initialization) {
    var generator = SeededGenerator(seed: 6)
    let network = Perceptron(
      inputs: 100, layers: [.init(outputs: 400, activation: .relu)], maximumRows: 1)
    network.initialize(rule, using: &generator)
    let weights = network.layers[0].weights.elements
    let square = weights.reduce(0.0) { $0 + Double($1 * $1) } / Double(weights.count)
    let expected = rule == .he ? 2.0 / 100 : 2.0 / 500
    #expect(abs(square / expected - 1) < 0.04, "five standard errors of 40,000 squares")
    #expect(network.layers[0].bias.elements.allSatisfy { $0 == 0 })
  }
}
