import Foundation
import PicketReproduce
import Testing

@Suite struct LedgerTests {
  private let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("picket-ledger-\(UUID().uuidString).jsonl").path

  private func cell(seed: UInt64, program: String, auc: Double) -> Cell {
    var facts = CellFacts()
    facts.seconds = 2
    return Cell(
      name: CellName(protocolName: "P1", experiment: "e", contestant: "c", seed: seed),
      program: program, inputs: "i", figures: ["auc_pr": auc, "undefined": .nan], facts: facts)
  }

  @Test func `a torn last line costs that cell alone, and the next one is kept`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var ledger = Ledger(path: path)
    try ledger.append(cell(seed: 0, program: "p", auc: 0.5))
    try ledger.append(cell(seed: 1, program: "p", auc: 0.6))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.dropLast(10).write(to: URL(fileURLWithPath: path))

    var again = Ledger(path: path)
    let kept = cell(seed: 0, program: "p", auc: 0.5)
    #expect(again.cell(kept.name, inputs: "i", program: "p") == kept)
    let torn = cell(seed: 1, program: "p", auc: 0.6)
    #expect(again.cell(torn.name, inputs: "i", program: "p") == nil)
    try again.append(torn)
    #expect(Ledger(path: path).cell(torn.name, inputs: "i", program: "p") == torn)
  }

  @Test func `cells of other programs and of other inputs are used only on request`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var ledger = Ledger(path: path)
    let old = cell(seed: 0, program: "old", auc: 0.5)
    try ledger.append(old)
    #expect(ledger.cell(old.name, inputs: "i", program: "new") == nil)
    #expect(ledger.cell(old.name, inputs: "i", program: nil) == old)
    #expect(ledger.cell(old.name, inputs: "other", program: nil) == nil)
    #expect(ledger.seconds(like: old.name) == 2)
  }

  @Test func `a figure that is not finite is left out, for JSON has no word for it`() {
    #expect(cell(seed: 0, program: "p", auc: 0.5).figures == ["auc_pr": 0.5])
  }
}
