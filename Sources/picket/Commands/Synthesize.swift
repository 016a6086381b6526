import ArgumentParser
import PicketData
import PicketExport
import PicketReport

/// `picket synth`: records for those who have none.
struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Invent labelled connection records of a simulated site.",
    discussion: """
      Clients, servers and devices of a small site, with port scans, floods, log-in attempts and \
      exfiltration among them, as a gateway's connection table would show them. The same seed gives \
      the same bytes on every machine. The columns are the schema 'synth', with a header.

      They serve to try the tools; figures on them say nothing about real traffic.

      EXAMPLE:
        picket synth -o records.csv --rows 50000 --seed 7
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The CSV file to write.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("How many records.", valueName: "n"))
  var rows = 100_000

  @Option(help: ArgumentHelp("Fixes every random choice.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The share of records that belong to attacks.", valueName: "share"))
  var anomalyShare = 0.2

  func validate() throws {
    guard (1...10_000_000).contains(rows) else {
      throw ValidationError("--rows \(rows): expected a number from 1 to 10,000,000")
    }
    guard anomalyShare >= 0, anomalyShare <= 1 else {
      throw ValidationError("--anomaly-share \(anomalyShare): expected a number from 0 to 1")
    }
  }

  func run() throws {
    let text = Synth(seed: seed, recordCount: rows, anomalyShare: anomalyShare).csv()
    try AtomicFile.write(text, to: output)
    StandardError.note(
      "wrote \(NumberText.count(rows, "record")) to \(output), \(NumberText.bytes(text.count))")
  }
}
