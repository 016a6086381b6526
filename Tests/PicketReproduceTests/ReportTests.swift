import Foundation
import FoundationXML
import PicketReproduce
import PicketReport
import Testing

@Suite struct ReportTests {
  private func result(_ aucs: [Double]) throws -> (ProtocolResult, Experiment) {
    let run = try #require(ProtocolRun.all(RunOptions()).first { $0.name == "P1" })
    let experiment = try #require(run.experiments.first)
    let cells = aucs.enumerated().map { seed, auc in
      var facts = CellFacts()
      facts.scoringBytes = 1_234
      return Cell(
        name: CellName(
          protocolName: "P1", experiment: experiment.name, contestant: "anoean", seed: UInt64(seed)),
        program: "p", inputs: "i", figures: ["auc_pr": auc], facts: facts)
    }
    return (ProtocolResult(run: run, cells: cells, notBuilt: [], remarks: []), experiment)
  }

  @Test func `the table's numbers are those of the cells`() throws {
    let (result, experiment) = try result([0.96, 0.97, 0.98])
    // The deviation of 0.96, 0.97, 0.98 with divisor 2 is 0.01.
    #expect(try #require(result.table(experiment)).text().contains("0.9700 ± 0.0100"))
    #expect(result.markdown.contains("1,234"))
    #expect(result.text.contains("0.979 ± 0.0026"))
  }

  @Test func `what has a goal stands above all tables, beside it and the publication`() throws {
    let (result, experiment) = try result([0.96, 0.98, 0.985])
    let row = "| \(experiment.name) | AUC-PR | 0.9750 | 0.0132 | 0.9800 | 0.964 |  | 0.979 |"
    #expect(result.markdown.contains(row))
    #expect(ReportPage.html([result]).contains("0.0132"))
  }

  @Test func `a goal that the mean does not reach is named`() throws {
    #expect(try result([0.95, 0.96]).0.misses.count == 1)
    #expect(try result([0.96, 0.97]).0.misses.isEmpty)
  }

  @Test func `a difference is told only where it is more than two deviations`() throws {
    let (far, experiment) = try result([0.90, 0.901])
    #expect(far.differences(experiment).count == 1)
    #expect(try result([0.94, 1.0]).0.differences(experiment).isEmpty)
    #expect(try result([0.5]).0.differences(experiment).isEmpty)
  }

  @Test func `the page is one well-formed document without anything from elsewhere`() throws {
    let html = ReportPage.html([try result([0.96, 0.97]).0])
    #expect(!html.contains("src=") && !html.contains("@import") && !html.contains("url("))
    // Its only element without an end in HTML is <meta>.
    let lines = html.split(separator: "\n").filter {
      !$0.contains("<meta") && !$0.contains("DOCTYPE")
    }
    let parser = XMLParser(data: Data(lines.joined(separator: "\n").utf8))
    #expect(parser.parse(), "\(parser.parserError.debugDescription) in line \(parser.lineNumber)")
  }
}
