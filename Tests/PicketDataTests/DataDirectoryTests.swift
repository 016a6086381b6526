import Foundation
import PicketData
import Testing

@Suite struct DataDirectoryTests {
  @Test func `the environment variable alone counts when it is set`() async {
    await #expect(processExitsWith: .success) {
      setenv(DataDirectory.variable, "/tmp", 1)
      if DataDirectory.locate() != "/tmp" { exit(1) }
      setenv(DataDirectory.variable, "/nonexistent", 1)
      if DataDirectory.locate() != nil { exit(2) }
    }
  }

  @Test func `a folder beside the package is found from anywhere inside it`() async {
    await #expect(processExitsWith: .success) {
      unsetenv(DataDirectory.variable)
      let root = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
      let inside = root + "/package/Sources/Module"
      try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: root) }
      try Data().write(to: URL(fileURLWithPath: root + "/package/Package.swift"))
      chdir(inside)
      if DataDirectory.locate() != nil { exit(1) }
      let data = root + "/shared/data"
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      guard let found = DataDirectory.locate() else { exit(2) }
      if URL(fileURLWithPath: found).standardizedFileURL.path != data { exit(3) }
    }
  }

  @Test func `the known files have distinct names, paths and sums`() {
    let all = KnownDataSet.all
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(Set(all.map(\.path)).count == all.count)
    #expect(Set(all.map(\.sha256)).count == all.count)
    #expect(all.allSatisfy { $0.sha256.count == 64 })
    for case let name? in all.map(\.schemaName) { #expect(Schema.builtIn(named: name) != nil) }
    #expect(KnownDataSet.named("kdd99")?.rowCount == 494_021)
    #expect(KnownDataSet.named("none") == nil)
  }

  @Test func `a file with another sum is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/kdd99", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("abc".utf8).write(to: URL(fileURLWithPath: folder + "/kdd99/corrected.gz"))
    let known = try #require(KnownDataSet.named("kdd99-corrected"))
    let error = #expect(throws: DataError.self) { try known.verified(in: folder) }
    // The digest of "abc" in the standard, FIPS 180-4.
    #expect(
      error?.found
        == "SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
