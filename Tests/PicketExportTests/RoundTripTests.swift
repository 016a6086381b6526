import PicketDetectors
import PicketExport
import PicketNN
import Testing

@Suite struct `A written model scores as its network does` {
  static let activations: [Activation] = [
    .linear, .relu, .leakyReLU(slope: 0.2), .tanh, .sigmoid,
  ]

  private func mahalanobis(_ activation: Activation) -> ScoringNetwork {
    var random = Fixtures.Random(state: 11)
    let inputs = Fixtures.encoding.inputCount
    return ScoringNetwork(
      kind: .anoEAN,
      score: .mahalanobis(
        mean: [0.1, -0.2, 0.05], covariance: [1.5, 0.3, 0.1, 0.3, 0.8, -0.2, 0.1, -0.2, 1.1]),
      latentSize: 3,
      encoder: [
        Fixtures.layer(inputs, 37, activation, &random),
        Fixtures.layer(37, 16, activation, &random), Fixtures.layer(16, 3, .linear, &random),
      ])
  }

  private func reconstruction(_ activation: Activation, kl: Bool) -> ScoringNetwork {
    var random = Fixtures.Random(state: 12)
    let inputs = Fixtures.encoding.inputCount
    return ScoringNetwork(
      kind: .vae, score: kl ? .reconstructionAndKL(alpha: 100, beta: 0.5) : .reconstruction,
      latentSize: 5,
      encoder: [
        Fixtures.layer(inputs, 33, activation, &random),
        Fixtures.layer(33, kl ? 10 : 5, .linear, &random),
      ],
      decoder: [
        Fixtures.layer(5, 70, activation, &random),
        Fixtures.layer(70, inputs, .sigmoid, &random),
      ])
  }

  private func check(_ network: ScoringNetwork) throws {
    let model = try LoadedModel(bytes: ModelWriter.write(Fixtures.trained(network)))
    var random = Fixtures.Random(state: 13)
    let records = Fixtures.records(300, &random)
    let scores = try model.score(records: records)
    #expect(scores.count == 300)
    for (index, scored) in scores.enumerated() {
      let width = Fixtures.encoding.fieldCount
      let expected = Fixtures.score(records[index * width..<(index + 1) * width], network)
      #expect(abs(Double(scored.score) - expected) <= 1e-5 * abs(expected) + 1e-7)
    }
  }

  @Test(arguments: activations)
  func `by the Mahalanobis distance, whitening folded`(_ activation: Activation) throws {
    try check(mahalanobis(activation))
  }

  @Test(arguments: activations)
  func `by the reconstruction error`(_ activation: Activation) throws {
    try check(reconstruction(activation, kl: false))
  }

  @Test(arguments: activations)
  func `by reconstruction error and KL divergence`(_ activation: Activation) throws {
    try check(reconstruction(activation, kl: true))
  }

  @Test func `in binary16 within its rounding`() throws {
    let trained = Fixtures.trained(mahalanobis(.relu))
    let full = try LoadedModel(bytes: ModelWriter.write(trained))
    let half = try LoadedModel(
      bytes: ModelWriter.write(trained, options: ExportOptions(elementType: .float16)))
    #expect(half.info.elementTypes == ["float16"])
    #expect(half.info.modelBytes < full.info.modelBytes)
    let pairs = try zip(
      full.score(records: trained.calibrationRecords),
      half.score(records: trained.calibrationRecords))
    for (a, b) in pairs { #expect(abs(a.score - b.score) <= 0.01 * a.score) }
  }

  @Test func `with the same bytes each time, through JSON as well`() throws {
    let trained = Fixtures.trained(mahalanobis(.tanh))
    let bytes = try ModelWriter.write(trained)
    #expect(try ModelWriter.write(trained) == bytes)
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/trained.json"
    try AtomicFile.write(trained.json(), to: path)
    #expect(try ModelWriter.write(TrainedModel.load(from: path)) == bytes)
  }

  @Test func `and a file for the other byte order is refused here, by name`() throws {
    let bytes = try ModelWriter.write(
      Fixtures.trained(mahalanobis(.relu)), options: ExportOptions(byteOrder: .big))
    let error = #expect(throws: ExportError.self) { try LoadedModel(bytes: bytes) }
    #expect(error?.description.contains("check 4 ") == true)
  }

  @Test func `with fields, categories and layers as they were`() throws {
    let model = try LoadedModel(bytes: ModelWriter.write(Fixtures.trained(mahalanobis(.relu))))
    #expect(model.fields.map(\.name) == Fixtures.encoding.fields.map(\.name))
    #expect(model.fields[1].categories == ["icmp", "tcp", "udp"])
    #expect(model.fields[2].minimum == 10 && model.fields[2].maximum == 1e6)
    #expect(model.layers.map(\.outputs) == [37, 16, 3])
    #expect(model.layers.map(\.activation) == ["relu", "relu", "linear"])
    #expect(model.info.parameterCount == 9 * 37 + 38 * 16 + 17 * 3)
    #expect(model.info.provenance.contains("\"seed\":7"))
  }
}
