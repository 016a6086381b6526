import ArgumentParser
import Foundation
import PicketData
import PicketExport
import PicketReport

/// `picket reproduce`: the published experiments, seed by seed.
struct Reproduce: ParsableCommand {
  /// The experiments that can be run again.
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case p1 = "P1"
  }

  static let configuration = CommandConfiguration(
    abstract: "Run the published experiments again, seed by seed.",
    discussion: """
      P1 trains an AnoEAN on NSL-KDD with some attack labels held out, on NSL-KDD with all labels, \
      and on KDD99 with some held out, and prints each seed beside the reference implementation's \
      result on the same rows, then mean, deviation and median beside the publication's figures. \
      docs/DATA.md says where the data are published.

      Every finished training is kept in the output folder; a run that was interrupted goes on \
      where it was, as long as program, data, rows and settings are the same. Results do not depend \
      on --jobs. The folder also gets the tables as P1.txt, P1.json and P1.md.

      EXAMPLE:
        picket reproduce P1 --check
      """)

  @Argument(help: "The protocol.")
  var name: Name

  @Option(
    help: ArgumentHelp(
      "The folder of data sets. (default: $\(DataDirectory.variable), or ../shared/data)",
      valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The folder of given splits, or 'none' to draw rows by seed. (default: reference/splits "
        + "beside the data folder, if it is there)", valueName: "dir"))
  var splits: String?

  @Option(help: ArgumentHelp("Trainings at a time.", valueName: "n"))
  var jobs = 2

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Which seeds. (default: 0 1 2 3 4 5 6 7 8 9)", valueName: "n"))
  var seeds: [UInt64] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Which experiments: \(P1Experiment.allCases.map(\.rawValue).joined(separator: ", ")). "
        + "(default: all)", valueName: "name"))
  var only: [P1Experiment] = []

  @Option(help: ArgumentHelp("The most epochs. (default: the detector's)", valueName: "n"))
  var epochs: Int?

  @Option(
    name: .customLong("type"), help: "How the exported files, which are judged, store weights.")
  var elementType: ElementType = .float32

  @Option(name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "dir"))
  var output = "build/reproduce/P1"

  @Flag(help: "Exit with 1 if a mean is below its goal.")
  var check = false

  @Flag(help: "Write the result as Markdown.")
  var markdown = false

  @OptionGroup var format: FormatOption

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs \(jobs): expected a number from 1 to 256")
    }
    if let epochs, epochs < 1 {
      throw ValidationError("--epochs \(epochs): expected a number from 1")
    }
    guard Set(seeds).count == seeds.count else {
      throw ValidationError("--seeds: a seed is given twice")
    }
    if markdown, format.isJSON {
      throw ValidationError("--markdown and --json exclude each other")
    }
  }

  func run() throws {
    let plan = try plan()
    try plan.check()
    let reference = try plan.splitsFolder.map {
      try P1Reference(path: ($0 as NSString).deletingLastPathComponent + "/p1_results.csv")
    }
    let directory = try OutputDirectory(output)
    let ledger = P1Ledger(path: directory.path(of: "cells.jsonl"))
    let cells = try plan.cells()
    let kept = cells.count { ledger.cells[$0.key] != nil }
    if kept > 0 {
      StandardError.note("\(kept) of \(NumberText.count(cells.count, "training")) are kept")
    }
    Interrupt.watch()
    let finished = try P1Runner(plan, cells: cells, ledger: ledger).run(jobs: jobs)
    let results = cells.compactMap { finished[$0.key] }
    if results.count < cells.count {
      StandardError.note(
        "interrupted: \(results.count) of \(NumberText.count(cells.count, "training")) are kept in "
          + "\(output); the same command goes on from there")
      throw Interrupt.exitCode
    }
    let summaries = plan.experiments.compactMap { experiment in
      P1Summary(
        experiment, results.filter { $0.experiment == experiment }, reference ?? P1Reference())
    }
    try report(summaries, reference ?? P1Reference(), plan, directory)
  }

  private func report(
    _ summaries: [P1Summary], _ reference: P1Reference, _ plan: P1Plan, _ directory: OutputDirectory
  ) throws {
    let report = P1Report(
      summaries: summaries, reference: reference,
      splits: plan.splitsFolder == nil ? "drawn by seed" : "the reference's splits", jobs: jobs,
      epochs: plan.configuration(seed: 0).epochs, elementType: plan.elementType.rawValue)
    try directory.write(report.text, to: "P1.txt")
    try directory.write(report.json.pretty + "\n", to: "P1.json")
    try directory.write(report.markdown, to: "P1.md")
    try StandardOutput.print(
      markdown ? report.markdown : format.isJSON ? report.json.pretty + "\n" : report.text)
    guard check else { return }
    let misses = summaries.flatMap(\.misses)
    guard misses.isEmpty else {
      throw Failure(
        "\(NumberText.count(misses.count, "goal")) missed:\n  "
          + misses.joined(separator: "\n  "))
    }
    StandardError.note("every mean reaches its goal")
  }

  private func plan() throws -> P1Plan {
    guard let data = data ?? DataDirectory.locate() else {
      throw Failure(
        "no folder of data sets: expected --data DIR, \(DataDirectory.variable) or ../shared/data; "
          + "docs/DATA.md says where to get the data")
    }
    var splitsFolder: String?
    if let splits {
      splitsFolder = splits == "none" ? nil : splits
    } else {
      let beside = (data as NSString).standardizingPath
      let folder = (beside as NSString).deletingLastPathComponent + "/reference/splits"
      splitsFolder = FileManager.default.fileExists(atPath: folder) ? folder : nil
    }
    return P1Plan(
      experiments: only.isEmpty
        ? P1Experiment.allCases : P1Experiment.allCases.filter(only.contains),
      seeds: seeds.isEmpty ? Array(0...9) : seeds, dataFolder: data, splitsFolder: splitsFolder,
      epochs: epochs, elementType: elementType)
  }
}

extension P1Experiment: ExpressibleByArgument {}
