import Foundation

/// The finished cells of a folder, a line of JSON each, so that an interrupted run goes on.
package struct Ledger: Sendable {
  private let path: String
  private var byProgram: [Key: Cell] = [:]
  private var latest: [Key: Cell] = [:]

  private struct Key: Hashable {
    let name: CellName
    let inputs: String
    let program: String
  }

  /// Reads what is there; a line that is torn or of another version is passed over.
  package init(path: String) {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else { return }
    for line in data.split(separator: UInt8(ascii: "\n")) {
      if let cell = try? JSONDecoder().decode(Cell.self, from: Data(line)) { enter(cell) }
    }
  }

  /// A finished cell.
  ///
  /// - Parameters:
  ///   - name: Which one.
  ///   - inputs: The fingerprint of data, rows and settings that it must have.
  ///   - program: The fingerprint of the program that must have computed it; nil for any program,
  ///     the last one that did.
  package func cell(_ name: CellName, inputs: String, program: String?) -> Cell? {
    guard let program else { return latest[Key(name: name, inputs: inputs, program: "")] }
    return byProgram[Key(name: name, inputs: inputs, program: program)]
  }

  /// The seconds of training that a cell of this experiment and contestant took, whatever its seed;
  /// nil when none is known.
  package func seconds(like name: CellName) -> Double? {
    latest.values.first {
      $0.name.protocolName == name.protocolName && $0.name.experiment == name.experiment
        && $0.name.contestant == name.contestant
    }?.facts.seconds
  }

  /// Keeps a cell, on disk before it counts.
  package mutating func append(_ cell: Cell) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A line feed before as well: a torn last line must not swallow this one.
    let line = [UInt8(ascii: "\n")] + Array(try encoder.encode(cell)) + [UInt8(ascii: "\n")]
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    // One call, so that two processes that share a folder do not mix their lines.
    guard write(file, line, line.count) == line.count, fsync(file) == 0 else { throw failure() }
    enter(cell)
  }

  private mutating func enter(_ cell: Cell) {
    byProgram[Key(name: cell.name, inputs: cell.inputs, program: cell.program)] = cell
    latest[Key(name: cell.name, inputs: cell.inputs, program: "")] = cell
  }

  private func failure() -> ReproduceError {
    ReproduceError(
      "cannot write \(path): \(String(cString: strerror(errno))); choose another with -o")
  }
}
