import CPicket
import PicketData
import PicketExport
import Testing

/// One field of a normal record is set to an extreme value. Does the explanation name it?
@Suite(
  .enabled(if: ConnectionModel.isPossible, "no data: set PICKET_DATA to the data sets' folder"))
struct `A planted anomaly` {
  /// What became of the cases that were drawn.
  private struct Tally {
    var drawn = 0
    var moved = 0
    var movedNamed = 0
    var rose = 0
    var roseNamed = 0
  }

  /// Cases in which the planted value raised the score: what there is to explain.
  ///
  /// Of a value that the model has no input for, or that makes the record look more normal, the field cannot be
  /// named as a reason for the score; how many such draws there were is told in the message.
  @Test(arguments: ConnectionModel.names)
  func `is among the three largest contributions in nine of ten cases`(detector: String) throws {
    let source = try ConnectionModel.named(detector)
    let model = try OpenModel(ModelWriter.write(source.trained))
    let width = model.fieldCount
    var random = Fixtures.Random(state: 8)
    var tally = Tally()
    while tally.rose < 1000 {
      let row = Int.random(in: 0..<source.fresh.count / width, using: &random)
      let field = Int.random(in: 0..<width, using: &random)
      var record = Array(source.fresh[row * width..<(row + 1) * width])
      let before = try model.score(record).score
      plant(source.trained.encoding.fields[field], &record[field], &random)
      let (contributions, result) = try model.explain(record)
      #expect(try model.score(record).score.bitPattern == result.score.bitPattern)
      let isNamed = contributions.filter { $0 > contributions[field] }.count < 3
      tally.drawn += 1
      if abs(result.score - before) > 1e-6 * before {
        tally.moved += 1
        tally.movedNamed += isNamed ? 1 : 0
      }
      if result.score > before * 1.000001 {
        tally.rose += 1
        tally.roseNamed += isNamed ? 1 : 0
      }
    }
    print(
      "\(detector): \(tally.drawn) drawn; score moved in \(tally.moved), named "
        + "\(tally.movedNamed); rose in \(tally.rose), named \(tally.roseNamed)")
    #expect(tally.roseNamed >= 900)
    #expect(tally.movedNamed * 100 >= tally.moved * 88)
  }

  /// The end of the training range that is farther away, or a category that the record has not.
  private func plant(
    _ field: FieldEncoding, _ value: inout Float, _ random: inout Fixtures.Random
  ) {
    switch field {
    case .numeric(let numeric):
      let isNearerToLow = numeric.maximum - value >= value - numeric.minimum
      value = isNearerToLow ? numeric.maximum : numeric.minimum
    case .symbolic(let symbolic):
      let old = value
      while value == old && symbolic.categories.count > 1 {
        value = Float(Int.random(in: 0..<symbolic.categories.count, using: &random))
      }
    }
  }
}
