import CPicket
import Foundation
import PicketData
import PicketDetectors
import PicketExport
import PicketNN
import Testing

/// Distilled networks on logarithms and quantiles, against the formulas in double precision.
@Suite struct `A distilled model on curves` {
  static let activations: [Activation] = [.linear, .relu, .leakyReLU(slope: 0.2), .tanh, .sigmoid]

  /// Fields of one plane, of two, of three, with a symbolic one between them.
  private static let encoding: FeatureEncoding = {
    var random = Fixtures.Random(state: 21)
    let heavy = (0..<3_000).map { _ in exp(Float.random(in: -2...12, using: &random)) }
    let counts = (0..<3_000).map { _ in Float(Int.random(in: 0...3, using: &random)) }
    func field(_ name: String, _ features: [NumericFeature], _ values: [Float]) -> FieldEncoding {
      .numeric(
        NumericEncoding(
          name: name, minimum: values.min() ?? 0, maximum: values.max() ?? 0, features: features,
          normal: values))
    }
    return FeatureEncoding(fields: [
      field("both", [.quantile, .log], heavy), field("log", [.log], heavy),
      .symbolic(SymbolicEncoding(name: "flag", categories: ["REJ", "SF"])),
      field("counts", [.quantile], counts), field("all", [.minMax, .log, .quantile], counts),
      field("constant", [.quantile, .log], [4]), field("min-max", [.minMax], heavy),
    ])
  }()

  private static let fieldOfInput = encoding.fields.enumerated().flatMap {
    Array(repeating: $0.offset, count: $0.element.inputCount)
  }

  private static func records(_ count: Int, seed: UInt64) -> [Float] {
    var random = Fixtures.Random(state: seed)
    return (0..<count).flatMap { _ -> [Float] in
      let heavy = exp(Float.random(in: -4...14, using: &random))
      return [
        heavy, -heavy, Float(Int.random(in: -1...1, using: &random)),
        Float(Int.random(in: -1...5, using: &random)), Float.random(in: -1...5, using: &random),
        Float.random(in: 2...6, using: &random), heavy * 0.5,
      ]
    }
  }

  private static func network(_ last: Activation, hidden: [Int] = [19, 6]) -> ScoringNetwork {
    var random = Fixtures.Random(state: 22)
    let widths = [encoding.inputCount] + hidden
    var layers = zip(widths, widths.dropFirst()).map { Fixtures.layer($0, $1, .relu, &random) }
    layers.append(Fixtures.layer(widths[widths.count - 1], 1, last, &random))
    return .distilled(layers)
  }

  private static func trained(_ network: ScoringNetwork) -> TrainedModel {
    TrainedModel(
      network: network, encoding: encoding, schema: "fixture",
      calibrationRecords: records(400, seed: 23), rangeRecords: records(400, seed: 24),
      provenance: Provenance(
        trainer: "0", detector: "fixture", data: [], seed: 1, configuration: .object([:]),
        metrics: [:]))
  }

  /// The inputs of a record, from the definitions in `export/FORMAT.md`.
  private static func inputs(_ record: ArraySlice<Float>) -> [Double] {
    zip(encoding.fields, record).flatMap { field, value -> [Double] in
      let x = Double(value)
      switch field {
      case .symbolic(let symbolic):
        return symbolic.categories.indices.map { Float($0) == value ? 1 : 0 }
      case .numeric(let numeric):
        return numeric.planes.map { plane in
          switch plane {
          case .affine(let plane): scaled(x, plane)
          case .log(let plane): scaled(copysign(log1p(abs(x)), x), plane.scaling)
          case .quantile(let plane): share(x, plane)
          }
        }
      }
    }
  }

  private static func scaled(_ x: Double, _ plane: AffinePlane) -> Double {
    let scaled = (x - Double(plane.offset)) * Double(plane.scale)
    return min(max(scaled, Double(plane.low)), Double(plane.high))
  }

  private static func share(_ x: Double, _ plane: QuantilePlane) -> Double {
    let knots = zip(plane.values, plane.quantiles).map { (Double($0), Double($1)) }
    guard let above = knots.firstIndex(where: { $0.0 > x }) else { return knots[knots.count - 1].1 }
    guard above > 0 else { return knots[0].1 }
    let (a, b) = (knots[above - 1], knots[above])
    return a.1 + (x - a.0) / (b.0 - a.0) * (b.1 - a.1)
  }

  /// The network's output in double precision, by the trainer's own reference.
  private static func score(_ record: ArraySlice<Float>, _ network: ScoringNetwork) -> Double {
    network.referenceScore(inputs(record).map(Float.init))
  }

  @Test(arguments: activations)
  func `scores as its network does`(last: Activation) throws {
    let network = Self.network(last)
    let bytes = try ModelWriter.write(Self.trained(network))
    let model = try LoadedModel(bytes: bytes)
    #expect(bytes[14] == 2 && bytes[15] == 0, "minor version")
    #expect(model.info.kind == "distilled" && model.info.score == "output")
    #expect(model.info.latentSize == 1 && model.layers.map(\.outputs) == [19, 6, 1])
    let features = model.fields.map(\.features)
    #expect(features[1] == ["log"] && features[2] == [] && features[6] == ["scaled"])
    #expect(features[4].prefix(2) == ["scaled", "log"] && features[4].count == 3)
    #expect(features[5] == ["log", "quantile by 3 knots"])
    let records = Self.records(300, seed: 25)
    for (index, scored) in try model.score(records: records).enumerated() {
      let expected = Self.score(records[index * 7..<(index + 1) * 7], network)
      #expect(abs(Double(scored.score) - expected) <= 2e-6 + 1e-5 * abs(expected))
    }
  }

  @Test(arguments: [ElementType.float16, .int8, .integer])
  func `scores about alike in fewer bytes`(element: ElementType) throws {
    let network = Self.network(.linear)
    let model = try LoadedModel(
      bytes: ModelWriter.write(Self.trained(network), options: ExportOptions(elementType: element)))
    let records = Self.records(300, seed: 25)
    let pairs = try model.score(records: records).enumerated().map { index, scored in
      (Double(scored.score), Self.score(records[index * 7..<(index + 1) * 7], network))
    }
    let spread = (pairs.map(\.1).max() ?? 0) - (pairs.map(\.1).min() ?? 0)
    #expect(pairs.allSatisfy { abs($0 - $1) < 0.05 * spread })
  }

  @Test(arguments: activations, [[19, 6], []])
  func `is explained by finite differences`(last: Activation, hidden: [Int]) throws {
    // Above all kinks: a gradient is one of the very network, and no rectifier switches.
    let network = Self.smooth(last, hidden: hidden)
    let trained = Self.trained(network)
    let model = try OpenModel(ModelWriter.write(trained))
    let typical = Self.inputs(Self.typicalRecord(trained)[...])
    let records = Self.records(40, seed: 26)
    for start in stride(from: 0, to: records.count, by: 7) {
      let record = Array(records[start..<start + 7])
      let (given, result) = try model.explain(record)
      #expect(try model.score(record).score.bitPattern == result.score.bitPattern)
      let x = Self.inputs(record[...])
      var expected = [Double](repeating: 0, count: 7)
      for (input, field) in Self.fieldOfInput.enumerated() {
        var (up, down) = (x.map(Float.init), x.map(Float.init))
        up[input] += 1e-3
        down[input] -= 1e-3
        let step = Double(up[input]) - Double(down[input])
        let slope = (network.referenceScore(up) - network.referenceScore(down)) / step
        expected[field] += slope * (x[input] - typical[input])
      }
      for (one, other) in zip(given, expected) { #expect(abs(Double(one) - other) < 5e-4) }
    }
  }

  private static func smooth(_ last: Activation, hidden: [Int]) -> ScoringNetwork {
    var random = Fixtures.Random(state: 27)
    let widths = [encoding.inputCount] + hidden
    var layers = zip(widths, widths.dropFirst()).map { Fixtures.layer($0, $1, .tanh, &random) }
    let output = Fixtures.layer(widths[widths.count - 1], 1, last, &random)
    // Far from the kink of a rectifier, in reach of the others.
    let shift: Float = last == .tanh || last == .sigmoid ? 0 : 20
    layers.append(
      DenseParameters(
        inputs: output.inputs, outputs: 1, weights: output.weights, bias: [output.bias[0] + shift],
        activation: last))
    return .distilled(layers)
  }

  /// Medians, the lower of two, and the most frequent categories.
  private static func typicalRecord(_ trained: TrainedModel) -> [Float] {
    (0..<7).map { field in
      let column = stride(from: field, to: trained.calibrationRecords.count, by: 7)
        .map { trained.calibrationRecords[$0] }
      guard field == 2 else { return column.sorted()[(column.count - 1) / 2] }
      let ones = column.count { $0 == 1 }
      return ones > column.count { $0 == 0 } ? 1 : 0
    }
  }

  @Test func `counts drift, tells p-values and is written as a C array like any other`() throws {
    let trained = Self.trained(Self.network(.linear))
    let bytes = try ModelWriter.write(trained)
    let model = try LoadedModel(bytes: bytes)
    let scores = try model.score(records: trained.calibrationRecords).map(\.score)
    let threshold = try model.threshold(rate: 0.1)
    let alarms = scores.count { $0 >= threshold }
    #expect(abs(Double(alarms) / Double(scores.count) - 0.1) < 0.02)
    let array = try CArrayWriter(bytes, name: "model")
    #expect(array.header.contains("#define MODEL_FIELDS 7"))
  }

  @Test func `keeps its bytes through JSON`() throws {
    let trained = Self.trained(Self.network(.sigmoid))
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/distilled.json"
    try AtomicFile.write(trained.json(), to: path)
    #expect(try ModelWriter.write(TrainedModel.load(from: path)) == ModelWriter.write(trained))
  }

  @Test func `cannot be written with planes out of order or a table too long`() {
    var trained = Self.trained(Self.network(.linear))
    guard case .numeric(var field) = trained.encoding.fields[0] else {
      Issue.record("the first field is no number")
      return
    }
    field.planes.reverse()
    trained.encoding.fields[0] = .numeric(field)
    let order = #expect(throws: ExportError.self) { try ModelWriter.write(trained) }
    #expect(order?.description.contains("'both'") == true)
    let long = (0..<33).map(Float.init)
    field.planes = [field.planes[1], .quantile(QuantilePlane(values: long, quantiles: long))]
    trained.encoding.fields[0] = .numeric(field)
    let length = #expect(throws: ExportError.self) { try ModelWriter.write(trained) }
    #expect(length?.description.contains("33 knots") == true)
  }
}
