import ArgumentParser
import Foundation
import PicketExport
import PicketReproduce
import PicketText

/// How much of the protocols is run.
struct ReproduceScope: ParsableArguments {
  @Flag(help: "Few rows, epochs and seeds: everything runs, and no figure means anything.")
  var quick = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Which seeds. (default: 0 to 9, fewer where runs are long)", valueName: "n"))
  var seeds: [UInt64] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Which experiments or detectors, by name as the tables have them. (default: all)",
      valueName: "name"))
  var only: [String] = []

  @Option(help: ArgumentHelp("The most epochs. (default: the detectors')", valueName: "n"))
  var epochs: Int?

  func validate() throws {
    if let epochs, epochs < 1 {
      throw ValidationError("--epochs \(epochs): expected a number from 1")
    }
    guard Set(seeds).count == seeds.count else {
      throw ValidationError("--seeds: a seed is given twice")
    }
  }

  /// Refuses a name that no protocol has.
  static func check(names: [String]) throws {
    let all = ProtocolRun.all(RunOptions()).map(\.name)
    if let unknown = names.first(where: { !all.contains($0.uppercased()) }) {
      throw ValidationError(
        "no protocol '\(unknown.shown(atMost: 80))': expected \(all.joined(separator: ", "))")
    }
  }

  /// The scope as it was asked for, for a command line.
  var arguments: [String] {
    (quick ? ["--quick"] : [])
      + (seeds.isEmpty ? [] : ["--seeds"] + seeds.map { "\($0)" })
      + (only.isEmpty ? [] : ["--only"] + only)
      + (epochs.map { ["--epochs", "\($0)"] } ?? [])
  }

  /// The protocols that are named, cut to this scope.
  func runs(
    _ names: [String], splitsFolder: String?, elementType: ElementType
  ) throws -> [ProtocolRun] {
    var options = RunOptions()
    options.isQuick = quick
    options.seeds = seeds.isEmpty ? nil : seeds
    options.epochs = epochs
    options.splitsFolder = splitsFolder
    if let splitsFolder {
      options.reference = try ReferenceFile.read(
        path: (splitsFolder as NSString).deletingLastPathComponent + "/p1_results.csv")
    }
    let all = ProtocolRun.all(options)
    let wanted = names.isEmpty ? all.map(\.name) : names.map { $0.uppercased() }
    var runs = all.filter { wanted.contains($0.name) }
    let known = runs.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    if let unknown = only.first(where: { !known.contains($0) }) {
      throw ValidationError(
        "--only \(unknown.shown(atMost: 80)): expected one of "
          + known.sorted().joined(separator: ", "))
    }
    for index in runs.indices {
      runs[index].keep(only: only)
      for place in runs[index].experiments.indices {
        runs[index].experiments[place].elementType = elementType
      }
    }
    return runs
  }
}
