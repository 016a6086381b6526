import Foundation

/// The result of one experiment on one seed.
struct P1Cell: Codable, Equatable, Sendable {
  /// Everything that decides the result; a cell of another key is not used again.
  let key: String
  let experiment: P1Experiment
  let seed: UInt64
  let figures: P1Figures
  /// The epoch that was kept, counted from 1.
  let epoch: Int
  /// Seconds of training.
  let seconds: Double
  let multiplyAdds: Int
  /// Rows that trained, of both classes, and rows that tested.
  let trainRows: Int
  let testRows: Int
  let modelBytes: Int
}

/// The finished cells of a folder, a line of JSON each, so that an interrupted run goes on.
struct P1Ledger {
  private let path: String
  private(set) var cells: [String: P1Cell] = [:]

  /// Reads what is there; a line that is torn or of another version is passed over.
  init(path: String) {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else { return }
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let cell = try? JSONDecoder().decode(P1Cell.self, from: Data(line)) else { continue }
      cells[cell.key] = cell
    }
  }

  /// Keeps a cell, on disk before it counts.
  mutating func append(_ cell: P1Cell) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A line feed before as well: a torn last line must not swallow this one.
    let line = [UInt8(ascii: "\n")] + Array(try encoder.encode(cell)) + [UInt8(ascii: "\n")]
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    guard file >= 0 else { throw Failure(reason) }
    defer { close(file) }
    guard write(file, line, line.count) == line.count, fsync(file) == 0 else {
      throw Failure(reason)
    }
    cells[cell.key] = cell
  }

  private var reason: String { "cannot write \(path): \(String(cString: strerror(errno)))" }
}
