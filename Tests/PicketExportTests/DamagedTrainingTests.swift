import Foundation
import PicketData
import PicketDetectors
import PicketExport
import PicketNN
import Testing

@Suite struct `A damaged trained.json is refused with its path and what is wrong` {
  /// A place in the file, what to write there, and words of the error.
  struct Damage: CustomTestStringConvertible, Sendable {
    let place: [String]
    let words: [String]
    let change: @Sendable (Any) -> Any

    init(_ place: String..., words: [String], change: @escaping @Sendable (Any) -> Any) {
      (self.place, self.words, self.change) = (place, words, change)
    }

    var testDescription: String { place.joined(separator: " ") + ": " + words[0] }
  }

  private static func cut(_ count: Int) -> @Sendable (Any) -> Any {
    { (($0 as? [Any]) ?? []).dropLast(count) as [Any] }
  }

  private static func floats(_ count: Int) -> @Sendable (Any) -> Any {
    { _ in Data(count: 4 * count).base64EncodedString() }
  }

  static let damages: [Damage] = [
    Damage("network", "encoder", words: ["an encoder without layers"]) { _ in [Any]() },
    Damage("network", "encoder", words: ["layer 2 of the encoder", "inputs"]) { layers in
      ((layers as? [Any]) ?? []).enumerated().filter { $0.offset != 1 }.map(\.element)
    },
    Damage(
      "network", "encoder", "0", "dense", "_0", "weights",
      words: ["network encoder 1 dense", "291 weights and 37 biases", "8 inputs and 37 outputs"],
      change: cut(5)),
    Damage(
      "network", "encoder", "2", "dense", "_0", "bias", words: ["encoder 3", "2 biases"],
      change: cut(1)),
    Damage("network", "encoder", "1", "dense", "_0", "inputs", words: ["-3 inputs"]) { _ in -3 },
    Damage("network", "encoder", "1", "dense", "_0", "outputs", words: ["outputs"]) { _ in Int.max
    },
    Damage("network", "latentSize", words: ["4 latent coordinates"]) { _ in 4 },
    Damage(
      "network", "score", "mahalanobis", "covariance", words: ["3 means and 8 covariances"],
      change: cut(1)),
    Damage("rangeRecords", words: ["rangeRecords", "7 floats", "5 fields"], change: floats(7)),
    Damage("calibrationRecords", words: ["calibrationRecords", "6 floats"], change: floats(6)),
    Damage("heldOutNormal", words: ["heldOutNormal", "1 floats"], change: floats(1)),
    Damage("heldOutAnomalies", words: ["heldOutAnomalies", "3 bytes"]) { _ in
      Data(count: 3).base64EncodedString()
    },
    Damage("encoding", "fields", words: ["8 inputs", "the encoding gives 6"], change: cut(1)),
  ]

  @Test(arguments: damages) func `whatever is damaged`(_ damage: Damage) throws {
    var random = Fixtures.Random(state: 3)
    let layers = [
      Fixtures.layer(8, 37, .relu, &random), Fixtures.layer(37, 16, .relu, &random),
      Fixtures.layer(16, 3, .linear, &random),
    ]
    let identity: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
    try refuse(
      ScoringNetwork(
        kind: .anoEAN, score: .mahalanobis(mean: [0, 0, 0], covariance: identity), latentSize: 3,
        encoder: layers), damage)
  }

  @Test(arguments: [-1, 0, 9_000, Int.max]) func `and the sizes of a convolution`(
    size: Int
  ) throws {
    let shape = ConvolutionGeometry(
      isTransposed: false, input: .init(height: 1, width: 8, channels: 1),
      output: .init(height: 1, width: 4, channels: 2), kernelHeight: 1, kernelWidth: 4,
      strideHeight: 1, strideWidth: 2, paddingTop: 0, paddingLeft: 1)
    let convolution = ConvolutionParameters(
      geometry: shape, weights: Array(repeating: 1, count: 8), bias: [0, 0], activation: .relu)
    var random = Fixtures.Random(state: 3)
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
      encoder: [.convolution(convolution), .dense(Fixtures.layer(8, 1, .linear, &random))])
    for name in ["kernelWidth", "kernelHeight", "strideWidth"] {
      try refuse(
        network,
        Damage(
          "network", "encoder", "0", "convolution", "_0", "geometry", name,
          words: ["encoder 1 convolution", "\(size)"]
        ) { _ in size })
    }
  }

  @Test func `and a table of quantiles`() throws {
    let json = Data(#"{"values": [1, 2], "quantiles": [0.5]}"#.utf8)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(QuantilePlane.self, from: json)
    }
    #expect("\(try #require(error))".contains("2 knots and 1 quantiles"))
  }

  @Test func `and a category that there is not, where a normal record is told`() throws {
    var random = Fixtures.Random(state: 3)
    var trained = Fixtures.trained(
      ScoringNetwork(
        kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
        encoder: [Fixtures.layer(8, 1, .linear, &random)]))
    trained.calibrationRecords[1] = 99
    let error = #expect(throws: ExportError.self) { try ModelWriter.write(trained) }
    #expect(error?.description.contains("record 1 was refused") == true)
  }

  private func refuse(_ network: ScoringNetwork, _ damage: Damage) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/trained.json"
    try AtomicFile.write(Fixtures.trained(network).json(), to: path)
    let whole = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    let damaged = Self.changed(whole, damage.place[...], damage.change)
    try JSONSerialization.data(withJSONObject: damaged).write(to: URL(filePath: path))
    let error = #expect(throws: ExportError.self) { try TrainedModel.load(from: path) }
    let message = try #require(error?.description)
    #expect(message.hasPrefix(path))
    for word in damage.words { #expect(message.contains(word), "\(message)") }
  }

  private static func changed(
    _ tree: Any, _ place: ArraySlice<String>, _ change: (Any) -> Any
  ) -> Any {
    guard let name = place.first else { return change(tree) }
    let rest = place.dropFirst()
    if var object = tree as? [String: Any], let child = object[name] {
      object[name] = changed(child, rest, change)
      return object
    }
    guard var list = tree as? [Any], let index = Int(name), list.indices.contains(index) else {
      Issue.record("there is no \(name)")
      return tree
    }
    list[index] = changed(list[index], rest, change)
    return list
  }
}
