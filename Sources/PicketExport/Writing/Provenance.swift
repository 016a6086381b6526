import Foundation

/// Where a model comes from: enough to train it again.
///
/// It holds no date and no path, so that the same data and seed give the same bytes.
public struct Provenance: Codable, Sendable, Equatable {
  /// One file that was learnt from.
  public struct DataSource: Codable, Sendable, Equatable {
    /// Its name, without directories.
    public var file: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// Records in it.
    public var rows: Int

    /// Names a file.
    public init(file: String, sha256: String, rows: Int) {
      self.file = file
      self.sha256 = sha256
      self.rows = rows
    }
  }

  /// The trainer's version.
  public var trainer: String
  /// The detector's name.
  public var detector: String
  /// The files that were learnt from.
  public var data: [DataSource]
  /// The seed of everything random.
  public var seed: UInt64
  /// The settings that are not the defaults of this version of the trainer.
  public var configuration: JSONValue
  /// Figures on rows that training did not see.
  public var metrics: [String: Double]

  /// Gathers what is known.
  public init(
    trainer: String, detector: String, data: [DataSource], seed: UInt64,
    configuration: JSONValue, metrics: [String: Double]
  ) {
    self.trainer = trainer
    self.detector = detector
    self.data = data
    self.seed = seed
    self.configuration = configuration
    self.metrics = metrics
  }

  /// The text that the model file holds: keys sorted, so that equal values give equal bytes.
  func text() throws(ExportError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      var rounded = self
      // Six digits: more is noise of the rows that were held out.
      rounded.metrics = metrics.mapValues { ($0 * 1e6).rounded() / 1e6 }
      return Array(try encoder.encode(rounded))
    } catch {
      throw ExportError("cannot write the provenance as JSON: \(error)")
    }
  }
}
