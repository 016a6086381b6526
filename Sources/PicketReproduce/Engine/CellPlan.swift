import Foundation
import PicketDetectors

/// A cell that is to be computed, with the fingerprints of what decides its result.
struct CellPlan: Sendable {
  let name: CellName
  let experiment: Experiment
  let contestant: Contestant
  let detector: any Detector
  let inputs: String
  /// Whether the report draws pictures of this cell.
  let wantsSeries: Bool
}

/// All cells of some experiments.
package struct Plan: Sendable {
  let cells: [CellPlan]
  /// The contestants that no detector in the list answers for, as `experiment/contestant`.
  package let notBuilt: [String]

  /// The fingerprints of what decides each cell's result.
  package var inputs: [String] { cells.map(\.inputs) }

  /// Plans every contestant of every experiment on every seed, seed by seed: after the first seed
  /// each table has a number in every row.
  ///
  /// - Parameters:
  ///   - protocolName: `P1` to `P9`.
  ///   - experiments: Which.
  ///   - dataFolder: The folder of data sets.
  package init(protocolName: String, experiments: [Experiment], dataFolder: String) throws {
    var cells: [(seedIndex: Int, cell: CellPlan)] = []
    var notBuilt: [String] = []
    var data: [DataSource: String] = [:]
    for experiment in experiments {
      for contestant in experiment.contestants {
        let made = try DetectorMaker.make(contestant.detector, contestant.settings)
        guard let detector = made else {
          notBuilt.append("\(experiment.name)/\(contestant.name)")
          continue
        }
        let fingerprint = data[experiment.source] ?? Self.fingerprint(experiment.source, dataFolder)
        data[experiment.source] = fingerprint
        let seeds = experiment.seeds.prefix(contestant.seedLimit ?? .max)
        for (index, seed) in seeds.enumerated() {
          let inputs = Self.fingerprint(experiment, contestant, detector, seed, fingerprint)
          cells.append(
            (
              index,
              CellPlan(
                name: CellName(
                  protocolName: protocolName, experiment: experiment.name,
                  contestant: contestant.name, seed: seed),
                experiment: experiment, contestant: contestant, detector: detector,
                inputs: inputs, wantsSeries: index == 0)
            ))
        }
      }
    }
    // The sort must be stable: the order within a seed is that of the tables.
    self.cells = cells.enumerated().sorted {
      ($0.element.seedIndex, $0.offset) < ($1.element.seedIndex, $1.offset)
    }.map(\.element.cell)
    self.notBuilt = notBuilt
  }

  /// Throws when a file that the plan needs is not there.
  package func check(dataFolder: String) throws {
    var checked: Set<DataSource> = []
    for cell in cells {
      let source = cell.experiment.source
      if checked.insert(source).inserted {
        for file in source.files
        where !FileManager.default.fileExists(atPath: "\(dataFolder)/\(file)") {
          throw ReproduceError(
            "\(dataFolder)/\(file) is not there; docs/DATA.md says where to get it; give its folder "
              + "with --data")
        }
      }
      guard let split = cell.experiment.splitFile(cell.name.seed) else { continue }
      guard FileManager.default.fileExists(atPath: split) else {
        throw ReproduceError(
          "\(split) is not there; choose other --seeds, or '--splits none' to draw rows here")
      }
    }
  }

  private static func fingerprint(_ source: DataSource, _ folder: String) -> String {
    var print = Fingerprint()
    print.add(source.rawValue.utf8)
    for file in source.files { print.add(file: "\(folder)/\(file)") }
    return print.text
  }

  /// How rows are divided and figures computed is the program's; what differs between two runs of
  /// one program is here.
  private static func fingerprint(
    _ experiment: Experiment, _ contestant: Contestant, _ detector: any Detector, _ seed: UInt64,
    _ data: String
  ) -> String {
    var print = Fingerprint()
    print.add(data.utf8)
    if let split = experiment.splitFile(seed) { print.add(file: split) }
    if experiment.divideFurther != nil { print.add("divides further".utf8) }
    print.add("\(experiment.limits)".utf8)
    if experiment.encodesFromAllRows { print.add("encodes from all rows".utf8) }
    // A detector is a value: its description names every setting.
    print.add(
      "\(contestant.detector) \(detector) \(contestant.isJudgedOnFile) \(experiment.elementType)"
        .utf8)
    return print.text
  }
}
