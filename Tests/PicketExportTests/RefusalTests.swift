import Foundation
import PicketData
import PicketDetectors
import PicketExport
import Testing

@Suite struct `What cannot be written or opened is refused with a reason` {
  private func network(weight: Float) -> ScoringNetwork {
    let inputs = Fixtures.encoding.inputCount
    return ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
      encoder: [
        DenseParameters(
          inputs: inputs, outputs: 1, weights: Array(repeating: weight, count: inputs),
          bias: [0], activation: .linear)
      ])
  }

  @Test func `a weight too large for binary16 names its layer`() throws {
    let trained = Fixtures.trained(network(weight: 1e6))
    #expect(throws: Never.self) { try ModelWriter.write(trained) }
    let error = #expect(throws: ExportError.self) {
      try ModelWriter.write(trained, options: ExportOptions(elementType: .float16))
    }
    #expect(error?.description.contains("layer 1 has a weight of") == true)
  }

  @Test func `a name with a line end is named`() throws {
    var trained = Fixtures.trained(network(weight: 1))
    trained.encoding.fields[0] = .numeric(
      NumericEncoding(name: "dura\ntion", minimum: 0, maximum: 1))
    let error = #expect(throws: ExportError.self) { try ModelWriter.write(trained) }
    #expect(error?.description.contains("the field \"dura\\ntion\"") == true)
  }

  @Test(arguments: ["tc\u{1}p", "", String(repeating: "é", count: 128)])
  func `a category that cannot be stored is shown without control bytes, with its field`(
    name: String
  ) throws {
    var trained = Fixtures.trained(network(weight: 1))
    trained.encoding.fields[1] = .symbolic(
      SymbolicEncoding(name: "protocol", categories: ["icmp", name, "udp"]))
    let error = #expect(throws: ExportError.self) { try ModelWriter.write(trained) }
    let message = try #require(error?.description)
    #expect(message.hasPrefix("'protocol': the category \""))
    #expect(message.contains("of \(name.utf8.count) bytes"))
    #expect(message.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func `records that all score alike give no table`() throws {
    let error = #expect(throws: ExportError.self) {
      try ModelWriter.write(Fixtures.trained(network(weight: 0)))
    }
    #expect(error?.description.contains("different scores") == true)
  }

  @Test func `a damaged file names the check and the path`() throws {
    var bytes = try ModelWriter.write(Fixtures.trained(network(weight: 1)))
    bytes[bytes.count / 2] ^= 1
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/damaged.picket"
    try AtomicFile.write(bytes, to: path)
    let error = #expect(throws: ExportError.self) { try LoadedModel(path: path) }
    #expect(error?.description.contains("check 9 ") == true)
    #expect(error?.description.hasPrefix(path) == true)
  }

  @Test func `a record with NaN is counted out`() throws {
    let model = try LoadedModel(bytes: ModelWriter.write(Fixtures.trained(network(weight: 1))))
    let error = #expect(throws: ExportError.self) {
      try model.score(records: [1, 0, 100, 3, 1, 1, 0, .nan, 3, 1])
    }
    #expect(error?.description.contains("record 2 was refused") == true)
  }

  @Test func `a file that cannot be written leaves nothing behind`() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let folder = temporary.path
    #expect(throws: ExportError.self) {
      try AtomicFile.write([1, 2, 3], to: folder + "/missing/model.picket")
    }
    // A folder in the place of the file.
    try FileManager.default.createDirectory(
      atPath: folder + "/model.picket", withIntermediateDirectories: true)
    #expect(throws: ExportError.self) {
      try AtomicFile.write([1, 2, 3], to: folder + "/model.picket")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.picket"])
  }

  @Test func `and the checks in words are those of the format's text`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("export/FORMAT.md"), encoding: .utf8)
    let bytes = try ModelWriter.write(Fixtures.trained(network(weight: 1)))
    var magic = bytes
    magic[0] = 0
    var version = bytes
    version[12] = 9
    for damaged in [magic, version, Array(bytes.dropLast()), Array(bytes.prefix(10))] {
      let error = #expect(throws: ExportError.self) { try LoadedModel(bytes: damaged) }
      let message = try #require(error?.description)
      let check = try #require(message.firstMatch(of: /check (\d+) of/)?.1)
      let expected = try #require(message.firstMatch(of: /expected: (.*)$/)?.1)
      #expect(text.replacing("*", with: "").contains("| \(check) | \(expected) |"))
    }
  }
}
