import PicketData
import PicketExport

/// One experiment of a protocol: rows, how they are divided, who takes part, what is measured.
package struct Experiment: Sendable {
  /// What a person types and what the ledger keeps.
  package let name: String
  /// What a person reads.
  package let title: String
  /// Where the rows come from.
  package let source: DataSource
  /// Divides the rows for a seed.
  package let divide: @Sendable (ExperimentData, UInt64) throws -> RowSplit
  /// The file that gives the rows of a seed; nil when `divide` draws them.
  package var splitFile: @Sendable (UInt64) -> String? = { _ in nil }
  /// Divides the rows of a split file once more; nil where the experiment takes them as they are.
  package var divideFurther: (@Sendable (RowSplit, RecordSet, UInt64) -> RowSplit)?
  /// What is measured.
  package let measure: Measure
  /// Who takes part, in the order of the tables.
  package var contestants: [Contestant]
  /// The seeds.
  package var seeds: [UInt64]
  /// How exported files, where they are judged, store weights.
  package var elementType = ElementType.float32
  /// Whether scales and categories are taken from all rows, tested ones too, as a document does;
  /// otherwise from the training rows alone.
  package var encodesFromAllRows = false
  /// How many rows are used at most.
  package var limits = RowLimits()
  /// The means that `--check` asks for, by contestant and figure.
  package var goals: [String: [String: Double]] = [:]
  /// What an independent implementation gets: contestant, seed, figure.
  package var reference: [String: [UInt64: [String: Double]]] = [:]
  /// Whether the figures are shown seed by seed too.
  package var showsSeeds = false

  /// Describes an experiment.
  package init(
    name: String, title: String, source: DataSource, measure: Measure, contestants: [Contestant],
    seeds: [UInt64], divide: @escaping @Sendable (ExperimentData, UInt64) throws -> RowSplit
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.divide = divide
    self.measure = measure
    self.contestants = contestants
    self.seeds = seeds
  }
}

/// A detector with the settings of one experiment.
package struct Contestant: Sendable {
  /// Its name within the experiment: the detector's, unless several of a kind take part.
  package let name: String
  /// What a person reads.
  package let title: String
  /// The detector's name in `DetectorList`.
  package let detector: String
  /// What differs from the detector's own settings.
  package var settings: DetectorSettings
  /// What the document reports, by figure.
  package var reported: [String: Reported]
  /// Whether the exported file is judged where the detector has one.
  package var isJudgedOnFile: Bool
  /// The most seeds, where a run is long.
  package var seedLimit: Int?

  /// Describes a contestant.
  package init(
    _ name: String, title: String, detector: String? = nil,
    settings: DetectorSettings = DetectorSettings(), reported: [String: Reported] = [:],
    isJudgedOnFile: Bool = true, seedLimit: Int? = nil
  ) {
    self.name = name
    self.title = title
    self.detector = detector ?? name
    self.settings = settings
    self.reported = reported
    self.isJudgedOnFile = isJudgedOnFile
    self.seedLimit = seedLimit
  }
}

/// A figure that a document reports.
package struct Reported: Sendable, Equatable, ExpressibleByFloatLiteral {
  /// Its value.
  package let value: Double
  /// The deviation beside it, if there is one.
  package let deviation: Double?

  /// Half a unit of the last digit that the value was given with.
  package var rounding: Double {
    let digits = "\(value)".split(separator: ".").dropFirst().first?.count ?? 0
    return (0..<digits).reduce(0.5) { half, _ in half / 10 }
  }

  /// A value and its deviation.
  package init(_ value: Double, _ deviation: Double? = nil) {
    self.value = value
    self.deviation = deviation
  }

  /// A value alone.
  package init(floatLiteral value: Double) { self.init(value) }
}
