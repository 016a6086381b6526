import ArgumentParser
import Foundation
import PicketData
import PicketExport
import PicketReport
import PicketReproduce

/// `picket reproduce`: the published experiments, seed by seed.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the evaluation protocols P1 to P9, seed by seed.",
    discussion: """
      Each protocol trains the detectors of a source document on its data and prints what they \
      reach beside what the document reports; without a name all protocols run. docs/DATA.md says \
      where the data are published.

      Every finished training is kept in the output folder; a run that was interrupted goes on \
      where it was, as long as program, data, rows and settings are the same. Results do not depend \
      on --jobs, times do. The folder gets each protocol's tables as P1.txt, P1.json and P1.md, and \
      all of them with their figures as report.html.

      EXAMPLES:
        picket reproduce P1 --check
        picket reproduce P1 --only nsl-kdd-open anoean svm --seeds 0 1 2
        picket reproduce --quick
      """)

  @Argument(help: "The protocols: P1 to P9. (default: all)")
  var names: [String] = []

  @OptionGroup var scope: ReproduceScope

  @Option(
    help: ArgumentHelp(
      "The folder of data sets. (default: $\(DataDirectory.variable), or ../shared/data)",
      valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The folder of given P1 splits, or 'none' to draw rows by seed. (default: reference/splits "
        + "beside the data folder, if it is there)", valueName: "dir"))
  var splits: String?

  @Option(help: ArgumentHelp("Trainings at a time.", valueName: "n"))
  var jobs = 2

  @Option(
    name: .customLong("type"), help: "How the exported files, which are judged, store weights.")
  var elementType: ElementType = .float32

  @Option(name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "dir"))
  var output = "build/reproduce"

  @Flag(help: "Use finished trainings that another build of picket made; the report says so.")
  var keep = false

  @Flag(help: "Exit with 1 if a mean is below its goal.")
  var check = false

  @Flag(help: "Write the result as Markdown.")
  var markdown = false

  @OptionGroup var format: FormatOption

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs \(jobs): expected a number from 1 to 256")
    }
    if markdown, format.isJSON {
      throw ValidationError("--markdown and --json exclude each other")
    }
    try ReproduceScope.check(names: names)
  }

  func run() throws {
    guard let data = data ?? DataDirectory.locate() else {
      throw Failure(
        "no folder of data sets: expected --data DIR, \(DataDirectory.variable) or ../shared/data; "
          + "docs/DATA.md says where to get the data")
    }
    let splitsFolder = splitsFolder(beside: data)
    let runs = try scope.runs(names, splitsFolder: splitsFolder, elementType: elementType)
    let directory = try OutputDirectory(output)
    defer { directory.removeIfEmpty() }
    Interrupt.watch()
    var results: [ProtocolResult] = []
    for run in runs { results.append(try finish(run, data, splitsFolder, directory)) }
    try directory.write(ReportPage.html(results), to: "report.html")
    try StandardOutput.print(text(of: results))
    try checkGoals(results)
  }

  /// Runs one protocol to its end and writes its tables.
  private func finish(
    _ run: ProtocolRun, _ data: String, _ splitsFolder: String?, _ directory: OutputDirectory
  ) throws -> ProtocolResult {
    let plan = try Plan(protocolName: run.name, experiments: run.experiments, dataFolder: data)
    try plan.check(dataFolder: data)
    var program = Fingerprint()
    program.add(file: "/proc/self/exe")
    var options = Runner.Options(
      dataFolder: data, program: program.text, trainer: Version.trainer)
    options.jobs = jobs
    options.keepsOtherPrograms = keep
    options.isCancelled = { Interrupt.isRequested }
    let progress = SharedProgress(run.name)
    options.onProgress = { share, done, all in
      progress.update(share, "\(done) of \(all) trainings done")
    }
    let runner = Runner(plan, ledger: Ledger(path: directory.path(of: "cells.jsonl")), options)
    let counts = runner.counts
    if counts.finished > 0 {
      StandardError.note(
        "\(run.name): \(counts.finished) of \(NumberText.count(counts.all, "training")) are kept")
    }
    let cells = try runner.run()
    progress.finish()
    guard cells.count == counts.all else {
      StandardError.note(
        "interrupted: \(cells.count) of \(NumberText.count(counts.all, "training")) are kept in "
          + "\(output); the same command goes on from there")
      throw Interrupt.exitCode
    }
    let result = ProtocolResult(
      run: run, cells: cells, notBuilt: plan.notBuilt,
      remarks: remarks(run, cells, program.text, data, splitsFolder))
    try directory.write(result.text, to: "\(run.name).txt")
    try directory.write(result.json.pretty + "\n", to: "\(run.name).json")
    try directory.write(result.markdown, to: "\(run.name).md")
    return result
  }

  private func remarks(
    _ run: ProtocolRun, _ cells: [Cell], _ program: String, _ data: String, _ splitsFolder: String?
  ) -> [String] {
    var remarks = ["Command: `\(command(for: run.name))`."]
    if scope.quick {
      remarks.append(
        "QUICK RUN: few rows, at most three epochs, one seed. It shows that everything runs; its "
          + "figures mean nothing.")
    }
    let others = otherFiles(run, data)
    if !others.isEmpty {
      remarks.append(
        "OTHER DATA: \(others.joined(separator: ", ")) has not the SHA-256 of docs/DATA.md; figures are "
          + "not to be compared.")
    }
    if run.name == "P1", splitsFolder != nil {
      remarks.append("Rows of the tables: the given splits.")
    }
    if cells.contains(where: { $0.facts.modelBytes != nil }) {
      remarks.append(
        "Where a detector has a model file, the exported \(elementType.rawValue) file is judged.")
    }
    let foreign = cells.count { $0.program != program }
    if foreign > 0 {
      remarks.append(
        "\(NumberText.count(foreign, "training")) of \(cells.count) were made by another build of "
          + "the program.")
    }
    return remarks
  }

  /// The files of a protocol that are others than those that are known by their names.
  private func otherFiles(_ run: ProtocolRun, _ data: String) -> [String] {
    let files = Set(run.experiments.flatMap(\.source.files))
    return KnownDataSet.all.filter {
      files.contains($0.path) && (try? $0.verified(in: data)) == nil
    }
    .map(\.path)
  }

  /// What makes this report of one protocol again, but for folders and the number of jobs.
  private func command(for name: String) -> String {
    (["picket reproduce", name] + scope.arguments
      + (elementType == .float32 ? [] : ["--type", elementType.rawValue])
      + (splits == "none" ? ["--splits none"] : [])).joined(separator: " ")
  }

  private func text(of results: [ProtocolResult]) -> String {
    if markdown { return results.map(\.markdown).joined(separator: "\n") }
    guard format.isJSON else { return results.map(\.text).joined(separator: "\n") }
    let json = results.count == 1 ? results[0].json : .array(results.map(\.json))
    return json.pretty + "\n"
  }

  private func checkGoals(_ results: [ProtocolResult]) throws {
    guard check else { return }
    let misses = results.flatMap(\.misses)
    guard misses.isEmpty else {
      for miss in misses { StandardError.note("missed: \(miss)") }
      throw Failure("\(NumberText.count(misses.count, "goal")) missed")
    }
    StandardError.note("every mean reaches its goal")
  }

  private func splitsFolder(beside data: String) -> String? {
    if let splits { return splits == "none" ? nil : splits }
    let whole = (data as NSString).standardizingPath
    let folder = (whole as NSString).deletingLastPathComponent + "/reference/splits"
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }
}
