import Foundation
import PicketData
import PicketExport
import Testing

/// Whether a budget is kept on normal rows that neither training nor calibration saw.
///
/// Of n + m rows drawn from one source, n calibrate. The r-th highest calibration score has a true
/// tail that is Beta(r, n + 1 - r) distributed, whatever the scores' distribution, so the number
/// of the m others at or above it is beta-binomial: the sampling error of the table and that of
/// the fresh rows together, exactly. A budget b falls between the ranks floor and ceiling of
/// b (n + 1).
@Suite(
  .enabled(if: ConnectionModel.isPossible, "no data: set PICKET_DATA to the data sets' folder"))
struct `False alarms on fresh normal rows` {
  @Test(arguments: ConnectionModel.names)
  func `are as many as the budget says, within the exact interval`(detector: String) throws {
    let source = try ConnectionModel.named(detector)
    let width = source.trained.encoding.fieldCount
    let calibration = source.trained.calibrationRecords
    let model = try LoadedModel(bytes: ModelWriter.write(source.trained))
    let scores = try model.score(records: source.fresh).map(\.score)
    for budget in [0.1, 0.01, 0.001] as [Float] {
      let threshold = try model.threshold(rate: budget)
      let alarms = scores.filter { $0 >= threshold }.count
      let range = Self.interval(
        budget, calibrated: calibration.count / width, fresh: scores.count, outside: 0.01)
      print("\(detector): \(alarms) of \(scores.count) at \(budget), expected \(range)")
      #expect(range.contains(alarms), "budget \(budget)")
    }
  }

  /// A hundred divisions of the same rows are a hundred independent draws of that distribution,
  /// so about five of them lie outside a 95 % interval; more than fifteen do once in 10,000 times.
  @Test(arguments: ConnectionModel.names)
  func `stray no more often than chance over a hundred divisions`(detector: String) throws {
    let source = try ConnectionModel.named(detector)
    let width = source.trained.encoding.fieldCount
    let records = source.trained.calibrationRecords + source.fresh
    var order = Array(0..<records.count / width)
    let calibrated = source.trained.calibrationRecords.count / width
    let scores = try LoadedModel(bytes: ModelWriter.write(source.trained)).score(records: records)
      .map(\.score)
    var random = Fixtures.Random(state: 31)
    var outside: [Float: Int] = [:]
    for _ in 0..<100 {
      order.shuffle(using: &random)
      var trained = source.trained
      trained.calibrationRecords = order[..<calibrated].flatMap {
        records[$0 * width..<($0 + 1) * width]
      }
      let model = try LoadedModel(bytes: ModelWriter.write(trained))
      for budget in [0.1, 0.01, 0.001] as [Float] {
        let threshold = try model.threshold(rate: budget)
        let alarms = order[calibrated...].filter { scores[$0] >= threshold }.count
        let range = Self.interval(
          budget, calibrated: calibrated, fresh: order.count - calibrated, outside: 0.05)
        outside[budget, default: 0] += range.contains(alarms) ? 0 : 1
      }
    }
    print("\(detector): outside of 100 at 95 %: \(outside)")
    #expect(outside.values.allSatisfy { $0 <= 15 }, "\(outside)")
  }

  /// The counts between which all but a share of beta-binomial draws lie.
  private static func interval(
    _ budget: Float, calibrated n: Int, fresh m: Int, outside: Double
  ) -> ClosedRange<Int> {
    let rank = Double(budget) * Double(n + 1)
    let low = quantile(outside / 2, rank: rank.rounded(.down), n, m)
    let high = quantile(1 - outside / 2, rank: rank.rounded(.up), n, m)
    return low...high
  }

  /// The least k with P(K <= k) >= p: P(K = k) = C(m, k) B(k + r, m - k + n + 1 - r) / B(r, n + 1 - r).
  private static func quantile(_ p: Double, rank: Double, _ n: Int, _ m: Int) -> Int {
    let (a, b) = (max(rank, 1), Double(n) + 1 - max(rank, 1))
    var sum = 0.0
    for k in 0...m {
      let (x, y) = (Double(k), Double(m - k))
      let choices: Double = lgamma(x + y + 1) - lgamma(x + 1) - lgamma(y + 1)
      let ratio: Double = logBeta(x + a, y + b) - logBeta(a, b)
      sum += exp(choices + ratio)
      if sum >= p { return k }
    }
    return m
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    lgamma(a) + lgamma(b) - lgamma(a + b)
  }
}
