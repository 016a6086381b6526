import PicketData
import PicketNumbers
import Testing

@Suite struct SeededGeneratorTests {
  /// The first numbers of xoshiro256** seeded through SplitMix64, by another program.
  @Test(
    arguments: [
      (0, [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0]),
      (1, [0xB3F2_AF6D_0FC7_10C5, 0x853B_5596_4736_4CEA, 0x92F8_9756_082A_4514]),
      (42, [0x1578_0B2E_0C2E_C716, 0x6104_D986_6D11_3A7E, 0xAE17_5332_39E4_99A1]),
    ] as [(UInt64, [UInt64])])
  func `a seed gives the published generator's numbers`(seed: UInt64, numbers: [UInt64]) {
    var generator = SeededGenerator(seed: seed)
    #expect((0..<3).map { _ in generator.next() } == numbers)
  }

  @Test func `bounded numbers are within the bound and even`() {
    var generator = SeededGenerator(seed: 9)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.below(7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    #expect(generator.below(1) == 0)
  }

  @Test func `a shuffle is a permutation, each place equally likely`() {
    var generator = SeededGenerator(seed: 4)
    var counts = [Int](repeating: 0, count: 5)
    for _ in 0..<50_000 {
      var order = Array(0..<5)
      generator.shuffle(&order)
      #expect(order.sorted() == Array(0..<5))
      counts[order[0]] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    var empty: [Int] = []
    generator.shuffle(&empty)
    #expect(empty.isEmpty)
  }

  @Test func `the distributions have their means, deviations and medians`() {
    var generator = SeededGenerator(seed: 2)
    let count = 200_000
    let units = (0..<count).map { _ in generator.unit() }
    #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(units.reduce(0, +) / Double(count) - 0.5) < 0.005)
    let bells = (0..<count).map { _ in generator.bell() }
    #expect(abs(bells.reduce(0, +) / Double(count)) < 0.01)
    #expect(abs(bells.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 0.02)
    let waits = (0..<count).map { _ in generator.exponential(mean: 3) }
    #expect(abs(waits.reduce(0, +) / Double(count) - 3) < 0.05)
    #expect(abs(waits.sorted()[count / 2] - 3 * 0.693147) < 0.05)
    let sizes = (0..<count).map { _ in generator.logNormal(median: 1000, sigma: 1.5) }.sorted()
    #expect(abs(sizes[count / 2] / 1000 - 1) < 0.03)
    // One deviation above the median is a factor of e^1.5.
    #expect(abs(sizes[Int(Double(count) * 0.841345)] / 4481.689 - 1) < 0.05)
  }
}
