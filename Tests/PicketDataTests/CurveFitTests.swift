import Foundation
import PicketData
import PicketNumbers
import Testing

@Suite struct `Logarithms and quantiles are fitted to normal values` {
  /// Columns as records have them: heavy tails, few values, one value, rates, all distinct.
  private static func columns() -> [[Float]] {
    var random = SeededGenerator(seed: 41)
    func many(_ value: (inout SeededGenerator) -> Float) -> [Float] {
      (0..<4_000).map { _ in value(&random) }
    }
    return [
      many { exp(Float.random(in: -1...18, using: &$0)).rounded() },
      many { Float(Int.random(in: 0...1, using: &$0)) },
      many { Float.random(in: 0...1, using: &$0) < 0.97 ? 0 : Float.random(in: 1...9, using: &$0) },
      many { _ in 3 },
      many { (Float.random(in: 0...1, using: &$0) * 100).rounded() / 100 },
      many { Float.random(in: -1e30...1e30, using: &$0) },
      many { Float(bitPattern: UInt32.random(in: 0..<0x7F80_0000, using: &$0)) }, [7],
      [-3e38, 3e38],
    ]
  }

  @Test(arguments: columns())
  func `a table is within a hundredth of the distribution, or has all its knots`(column: [Float]) {
    let plane = QuantilePlane(fittedTo: column)
    #expect((1...QuantilePlane.mostKnots).contains(plane.values.count))
    #expect(zip(plane.values, plane.values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(plane.quantiles, plane.quantiles.dropFirst()).allSatisfy { $0 <= $1 })
    #expect((plane.values + plane.quantiles).allSatisfy { $0.isFinite })
    let sorted = column.sorted()
    var worst = 0.0
    for value in Set(column) {
      // By counting, not by the fit's own sums.
      let below = sorted.count { $0 < value }
      let equal = sorted.count { $0 == value }
      let share = (Double(below) + Double(equal) / 2) / Double(sorted.count)
      worst = max(worst, abs(Double(plane.input(for: value)) - share))
    }
    #expect(worst <= 0.0101 || plane.values.count > 24, "\(worst) with \(plane.values.count)")
    #expect(worst < 0.05)
  }

  @Test func `what no normal record reaches is 0 or 1, and few values need few knots`() {
    let plane = QuantilePlane(fittedTo: [0, 0, 0, 1])
    #expect(plane.values == [-1, 0, 1, 2])
    #expect(plane.quantiles == [0, 0.375, 0.875, 1])
    #expect(plane.input(for: -1) == 0 && plane.input(for: -3e38) == 0)
    #expect(plane.input(for: 2) == 1 && plane.input(for: 3e38) == 1)
    #expect(QuantilePlane(fittedTo: [5, 5]).values == [0, 5, 10])
    #expect(QuantilePlane(fittedTo: []).input(for: 1) == 0)
  }

  @Test(arguments: columns())
  func `a logarithm has mean 0 and deviation 1, unless it is constant`(column: [Float]) {
    let plane = LogPlane(fittedTo: column)
    let logs = column.map { Double(copysign(log1p(abs(Double($0))), Double($0))) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count))
      .squareRoot()
    #expect(abs(Double(plane.scaling.offset) - mean) < 1e-5 * max(1, abs(mean)))
    #expect(abs(Double(plane.scaling.scale) - (deviation < 1e-9 ? 1 : 1 / deviation)) < 1e-4)
    #expect(plane.scaling.low == -5 && plane.scaling.high == 5)
  }

  @Test func `rows become all inputs of their fields, dense and sparse alike`() throws {
    let schema = try Schema(
      toml: """
        name = "t"
        columns = [
          { name = "a", kind = "numeric", features = ["quantile", "log"] },
          { name = "s", kind = "symbolic" },
          { name = "b", kind = "numeric" },
        ]
        """, file: "t.toml")
    let again = try Schema(toml: schema.toml, file: "again")
    #expect(again == schema)
    var random = SeededGenerator(seed: 42)
    let text = (0..<600).map { _ in
      "\(Int.random(in: 0...5, using: &random)),x\(Int.random(in: 0...2, using: &random)),"
        + "\(Float.random(in: -1...1, using: &random))"
    }.joined(separator: "\n")
    let table = try read(text + "\n", schema)
    let rows = Array(0..<table.rowCount)
    let encoding = RecordSet([table]).fit(
      rows: rows, normal: rows.filter { $0 % 2 == 0 },
      features: FeatureChoice([.minMax, .log], byField: schema.featuresByField))
    #expect(
      encoding.inputNames
        == ["log(a)", "quantile(a)", "s=x0", "s=x1", "s=x2", "b", "log(b)"])
    let bound = try encoding.bound(to: table)
    let (dense, sparse) = (bound.encode(rows: rows), bound.encodeSparse(rows: rows))
    let records = bound.records(rows: rows)
    for row in rows {
      guard case .numeric(let a) = encoding.fields[0], case .numeric(let b) = encoding.fields[2]
      else {
        Issue.record("the outer fields are no numbers")
        return
      }
      var expected = a.inputs(for: records[row * 3])
      expected += [0, 1, 2].map { $0 == records[row * 3 + 1] ? 1 : 0 }
      expected += b.inputs(for: records[row * 3 + 2])
      #expect(Array(dense.values[row * 7..<(row + 1) * 7]) == expected)
      var filled = [Float](repeating: 0, count: 7)
      for place in Int(sparse.rowStart[row])..<Int(sparse.rowStart[row + 1]) {
        filled[Int(sparse.columns[place])] = sparse.values[place]
      }
      #expect(filled == expected)
    }
  }

  @Test func `features of a column that is no number are refused`() {
    let text = """
      name = "t"
      columns = [ { name = "s", kind = "symbolic", features = ["log"] }, { name = "n", kind = "numeric" } ]
      """
    #expect(throws: DataError.self) { try Schema(toml: text, file: "t.toml") }
    let unknown = """
      name = "t"
      columns = [ { name = "n", kind = "numeric", features = ["root"] } ]
      """
    #expect(throws: DataError.self) { try Schema(toml: unknown, file: "t.toml") }
  }

  @Test(arguments: [
    ([NumericFeature.minMax], true), ([.quantile], true), ([.minMax, .quantile], true),
    ([.log], false), ([.log, .quantile], false),
  ])
  func `an encoding tells whether all inputs lie between 0 and 1`(
    features: [NumericFeature], isWithin: Bool
  ) {
    let values: [Float] = [1, 2, 300]
    let encoding = FeatureEncoding(fields: [
      .symbolic(SymbolicEncoding(name: "name", categories: ["a", "b"])),
      .numeric(NumericEncoding(name: "plain", minimum: 1, maximum: 300)),
      .numeric(
        NumericEncoding(
          name: "made", minimum: 1, maximum: 300, features: features, normal: values)),
    ])
    #expect(encoding.isWithinUnit == isWithin)
  }
}
