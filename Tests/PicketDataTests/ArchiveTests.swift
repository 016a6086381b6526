import Foundation
import PicketData
import PicketNumbers
import Testing

/// idx files and archives, made here; and the public ones, where they are.
@Suite struct ImageAndArchiveTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("picket-images-\(UUID().uuidString)")

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  private let images: [UInt8] = [
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 255, 0, 51, 0, 0,
  ]
  private let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]

  @Test func `images and labels are read, and become numbers from 0 to 1`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let set = try ImageSet(images: write("i", images), labels: write("l", labels))
    #expect(set.count == 2 && set.height == 1 && set.width == 3 && set.labels == [7, 9])
    #expect(set.inputs([1, 0]).denseRow(0) == [0.2, 0, 0])
    #expect(set.inputs([1, 0]).denseRow(1) == [0, 1, 0])
  }

  @Test func `images as records become the inputs that images become`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let set = try ImageSet(images: write("i", images), labels: write("l", labels))
    #expect(set.records([1, 0]) == [51, 0, 0, 0, 255, 0])
    #expect(set.encoding.inputNames == ["pixel 0, 0", "pixel 0, 1", "pixel 0, 2"])
    let inputs = zip(set.encoding.fields, set.records([1])).flatMap { field, value in
      guard case .numeric(let numeric) = field else { return [Float.nan] }
      return numeric.inputs(for: value)
    }
    #expect(zip(inputs, set.inputs([1]).denseRow(0)).allSatisfy { abs($0 - $1) < 1e-7 })
  }

  @Test func `files of another form are refused with what was found`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = try (write("i", images), write("l", labels))
    for (name, bytes, word) in [
      ("short", Array(images.prefix(9)), "9 bytes"), ("cut", images.dropLast(), "5 bytes after"),
      ("long", images + [0], "7 bytes after"),
      ("magic", [0, 0, 9] + images.dropFirst(3), "0 0 9 3"),
      ("huge", [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "0 bytes after"),
    ] as [(String, [UInt8], String)] {
      let error = #expect(throws: DataError.self) {
        try ImageSet(images: write(name, bytes), labels: good.1)
      }
      #expect(error?.description.contains(word) == true, "\(name): \(error?.description ?? "")")
    }
    #expect(throws: DataError.self) {
      try ImageSet(images: good.0, labels: write("fewer", [0, 0, 8, 1, 0, 0, 0, 1, 7]))
    }
    #expect(throws: DataError.self) {
      try ImageSet(images: good.0, labels: write("eleven", Array(labels.dropLast()) + [11]))
    }
  }

  @Test func `what is no archive is refused`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try write("flows.tar.xz", Array("no archive".utf8))
    #expect(throws: DataError.self) { try USTCTFC2016.records(path: file) }
    #expect(throws: DataError.self) { try USTCTFC2016.records(path: file + "-not-there") }
  }

  @Test(
    .enabled("the public data are not here: see docs/DATA.md") { DataDirectory.locate() != nil })
  func `the public files have the rows that are documented`() throws {
    let data = try #require(DataDirectory.locate())
    let flows = try USTCTFC2016.records(path: "\(data)/ustc-tfc2016/flows-csv.tar.xz")
    #expect(flows.rowCount == 165_077 && flows.tables.count == 18)
    #expect(flows.normalRows.count + flows.anomalyRows.count == flows.rowCount)
    #expect(flows.tables[0].fields.count == 9)
    let cicids = try Table(path: "\(data)/cicids2017/cic_0.01km.csv.gz", schema: .cicids2017Sample)
    #expect(cicids.rowCount == 28_303 && cicids.normalCount == 22_662)
    let digits = try ImageSet(
      images: "\(data)/mnist/t10k-images-idx3-ubyte.gz",
      labels: "\(data)/mnist/t10k-labels-idx1-ubyte.gz")
    #expect(digits.count == 10_000 && digits.height == 28 && digits.labels.prefix(3) == [7, 2, 1])
  }
}
