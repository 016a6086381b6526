import PicketData
import PicketNumbers

/// A system that learns from records and then gives each record a score.
///
/// A detector is a value: its settings, with defaults where the source document names them.
/// What it has learned is a `FittedDetector`.
public protocol Detector: Sendable {
  /// What lists and reports say of it.
  static var card: DetectorCard { get }
  /// What it wants made of numbers, where nobody chose otherwise.
  static var features: [NumericFeature] { get }

  /// The settings of the source document.
  init()

  /// Learns from records.
  ///
  /// - Parameters:
  ///   - records: Rows of one length. A detector passes over the parts that it does not need.
  ///   - seed: Fixes every random choice.
  ///   - observer: Who follows.
  /// - Returns: What was learned; with the same records and seed, on the same machine, the same
  ///   scores.
  /// - Throws: `TrainingError` when records are missing, or when the training diverged.
  func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector
}

extension Detector {
  /// Min-max scaling, as the source documents have it.
  public static var features: [NumericFeature] { [.minMax] }
}

/// What a detector has learned.
public protocol FittedDetector: Sendable {
  /// Scores of rows, in their order; larger is more anomalous. All finite for finite rows.
  func scores(_ rows: SparseRows) -> [Double]

  /// Bytes of what scoring needs to keep, numbers as they are held (4 for a float32 weight).
  var scoringBytes: Int { get }

  /// What can be written as a model file; nil when the detector stays in the trainer.
  var network: ScoringNetwork? { get }

  /// What the training lost, epoch by epoch, for the curves of a report; empty when it has none.
  var history: [TrainingProgress] { get }
}

extension FittedDetector {
  /// Nothing to export.
  public var network: ScoringNetwork? { nil }
  /// No losses.
  public var history: [TrainingProgress] { [] }
}

/// What lists and reports say of a detector.
public struct DetectorCard: Sendable, Hashable {
  /// What a person types: lower case, hyphens.
  public let name: String
  /// What a person reads.
  public let title: String
  /// The source document: authors and year.
  public let source: String
  /// What it learns from.
  public let needs: Needs
  /// Whether it can be written as a model file.
  public let exports: Bool

  /// What a detector learns from.
  public enum Needs: String, Sendable, Hashable {
    /// Normal records alone.
    case normal = "normal records"
    /// Normal records and some labelled anomalies.
    case someAnomalies = "normal records, some labelled anomalies"
    /// Labelled records of both classes.
    case bothClasses = "labelled records of both classes"
  }

  /// Describes a detector.
  public init(name: String, title: String, source: String, needs: Needs, exports: Bool) {
    self.name = name
    self.title = title
    self.source = source
    self.needs = needs
    self.exports = exports
  }
}
