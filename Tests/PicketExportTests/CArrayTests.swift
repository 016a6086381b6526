import CPicket
import Foundation
import PicketData
import PicketDetectors
import PicketExport
import Testing

@Suite struct `A model as C` {
  private static let archive = "build/lib/x86_64-linux-gnu/libpicket.a"

  private func bytes(_ encoding: FeatureEncoding = Fixtures.encoding) throws -> [UInt8] {
    var random = Fixtures.Random(state: 11)
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0, 0], covariance: [1, 0, 0, 1]), latentSize: 2,
      encoder: [
        Fixtures.layer(encoding.inputCount, 7, .relu, &random),
        Fixtures.layer(7, 2, .linear, &random),
      ])
    var trained = Fixtures.trained(network)
    trained.encoding = encoding
    return try ModelWriter.write(trained)
  }

  /// A model that scores far below 0.
  private func distilled() throws -> [UInt8] {
    var random = Fixtures.Random(state: 12)
    let count = Fixtures.encoding.inputCount
    let layer = Fixtures.layer(count, 1, .linear, &random, bias: -100 ... -99)
    return try ModelWriter.write(Fixtures.trained(.distilled([layer])))
  }

  @Test func `is the same text every time, and holds the bytes`() throws {
    let bytes = try bytes()
    let first = try CArrayWriter(bytes, name: "model")
    let second = try CArrayWriter(bytes, name: "model")
    #expect(first.source == second.source && first.header == second.header)
    let numbers = first.source.split(separator: "= {")[1].matches(of: /0x([0-9a-f]{2}),/)
      .compactMap { UInt8($0.1, radix: 16) }
    #expect(numbers == bytes)
  }

  @Test func `names every field and category once, whatever the names are`() throws {
    var fields = Fixtures.encoding.fields
    fields[0] = .numeric(NumericEncoding(name: "a-b", minimum: 0, maximum: 100))
    fields[2] = .numeric(NumericEncoding(name: "A b", minimum: 10, maximum: 1e6))
    fields[4] = .symbolic(SymbolicEncoding(name: "field", categories: ["a b", "a.b"]))
    let header = try CArrayWriter(bytes(FeatureEncoding(fields: fields)), name: "m").header
    for line in [
      "M_FIELD_A_B = 0,", "M_FIELD_A_B_2 = 2,", "#define M_FIELD_A_B_3 0.0f",
      "#define M_FIELD_A_B_4 1.0f", "#define M_PROTOCOL_TCP 1.0f",
    ] { #expect(header.contains(line + "\n") || header.contains("  " + line + "\n"), "\(line)") }
    let defined = header.matches(of: /(?:#define|^ ) ([A-Z0-9_]+)/.anchorsMatchLineEndings())
      .map { String($0.1) }
    #expect(Set(defined).count == defined.count && defined.count == 6 + 5 + 5)
  }

  @Test func `is not guarded by the name of another header`() throws {
    let header = try CArrayWriter(bytes(), name: "m").header
    #expect(header.contains("#ifndef PICKET_MODEL_M_H\n#define PICKET_MODEL_M_H\n"))
  }

  @Test(arguments: [
    "", "9a", "a-b", "int", "ä", "a b", "_Bool", "_a", "operator", "try", "typeof", "char8_t",
    "picket", "Picket", "picket_model", "PICKET_MODEL",
  ])
  func `refuses what is no name`(name: String) throws {
    let bytes = try bytes()
    #expect(throws: ExportError.self) { try CArrayWriter(bytes, name: name) }
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: archive), "no archive: run make lib first"),
    arguments: ["-std=c99", "-std=c11"], [false, true])
  func `runs from read-only memory, with neither files nor a heap`(
    standard: String, isDistilled: Bool
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = try isDistilled ? distilled() : bytes()
    let written = try CArrayWriter(bytes, name: "model")
    try AtomicFile.write(Array(written.source.utf8), to: folder.path + "/model.c")
    try AtomicFile.write(Array(written.header.utf8), to: folder.path + "/model.h")
    let program = folder.path + "/rom"
    let flags = [standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-I", "include"]
    let sources = ["examples/rom/main.c", folder.path + "/model.c"]
    #expect(
      try run(
        ["cc"] + flags + ["-I", folder.path] + sources + [Self.archive, "-lm", "-o", program]
      )
      .isEmpty)
    let text = try run([program])
    let model = try LoadedModel(bytes: bytes)
    let record = model.fields.map { ($0.minimum + $0.maximum) / 2 }
    let score = try model.score(records: record)[0].score
    let printed = try #require(text.firstMatch(of: /^score (-?[0-9.]+), most of it from (.+)\n$/))
    #expect(abs(try #require(Float(printed.1)) - score) < 0.001)
    #expect((score < 0) == isDistilled)
    #expect(model.fields.contains { $0.name == printed.2 })

    let symbols = try run(["nm", program])
    #expect(symbols.contains(" R model\n"), "the model is not in read-only memory")
    for call in ["malloc", "calloc", "realloc", "fopen", "open", "read", "mmap"] {
      #expect(symbols.firstMatch(of: try Regex(" U \(call)(@|\n)")) == nil, "calls \(call)")
    }
  }

  /// Runs a program that must succeed.
  private func run(_ command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command[0]): \(text)")
    return text
  }
}
