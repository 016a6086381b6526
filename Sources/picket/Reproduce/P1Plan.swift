import Foundation
import PicketData
import PicketDetectors
import PicketExport

/// What a run of protocol P1 consists of.
struct P1Plan: Sendable {
  let experiments: [P1Experiment]
  let seeds: [UInt64]
  /// The folder of data sets.
  let dataFolder: String
  /// The folder of given splits; nil when rows are drawn here.
  let splitsFolder: String?
  /// The most passes over the normal rows; nil for the detector's own.
  let epochs: Int?
  /// How the exported file, which is what is judged, stores its weights.
  let elementType: ElementType

  /// One experiment on one seed.
  struct Cell: Sendable {
    let experiment: P1Experiment
    let seed: UInt64
    let key: String
  }

  /// The detector of a seed.
  func configuration(seed: UInt64) -> AnoEANConfiguration {
    var configuration = AnoEANConfiguration()
    configuration.seed = seed
    if let epochs { configuration.epochs = epochs }
    return configuration
  }

  /// Where an experiment's data are.
  func dataFile(_ experiment: P1Experiment) -> String { dataFolder + "/" + experiment.file }

  /// Where the rows of a cell are given, if they are.
  func splitFile(_ experiment: P1Experiment, seed: UInt64) -> String? {
    splitsFolder.map { "\($0)/\(experiment.data)_\(experiment.anomalies.rawValue)_\(seed).txt.gz" }
  }

  /// All cells, each keyed with what decides its result: program, data, rows, settings.
  func cells() throws -> [Cell] {
    var program = Fingerprint()
    program.add(file: "/proc/self/exe")
    var cells: [Cell] = []
    for experiment in experiments {
      var data = Fingerprint()
      data.add(file: dataFile(experiment))
      for seed in seeds {
        var own = Fingerprint()
        if let split = splitFile(experiment, seed: seed) { own.add(file: split) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        own.add(try encoder.encode(configuration(seed: seed)))
        own.add(Data(elementType.rawValue.utf8))
        let name = "\(experiment.rawValue)-\(seed)"
        cells.append(
          Cell(
            experiment: experiment, seed: seed,
            key: "\(name)-\(program.text)-\(data.text)-\(own.text)"))
      }
    }
    return cells
  }

  /// Throws when a file that the plan needs is not there.
  func check() throws {
    for experiment in experiments {
      let file = dataFile(experiment)
      guard FileManager.default.fileExists(atPath: file) else {
        throw Failure(
          "\(file) is not there; docs/DATA.md says where to get it; give its folder with --data")
      }
      for seed in seeds {
        guard let split = splitFile(experiment, seed: seed) else { continue }
        guard FileManager.default.fileExists(atPath: split) else {
          throw Failure(
            "\(split) is not there; choose other --seeds, or '--splits none' to draw rows here")
        }
      }
    }
  }
}
