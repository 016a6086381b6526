import Foundation
import PicketData
import PicketDetectors

/// Everything that a training leaves: what a model file is made from, in full precision.
public struct TrainedModel: Codable, Sendable {
  /// The layers and the score.
  public var network: ScoringNetwork
  /// How records become inputs.
  public var encoding: FeatureEncoding
  /// The name of the schema that the data had.
  public var schema: String
  /// Held-out normal records, one after the other, `encoding.fieldCount` floats each.
  public var calibrationRecords: [Float]
  /// Where the model comes from.
  public var provenance: Provenance

  /// Gathers what a training leaves.
  public init(
    network: ScoringNetwork, encoding: FeatureEncoding, schema: String,
    calibrationRecords: [Float], provenance: Provenance
  ) {
    self.network = network
    self.encoding = encoding
    self.schema = schema
    self.calibrationRecords = calibrationRecords
    self.provenance = provenance
  }

  private enum CodingKeys: String, CodingKey {
    case network, encoding, schema, calibrationRecords, provenance
  }

  /// Reads what `encode` wrote; the calibration records are base64 of little-endian binary32.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    network = try container.decode(ScoringNetwork.self, forKey: .network)
    encoding = try container.decode(FeatureEncoding.self, forKey: .encoding)
    schema = try container.decode(String.self, forKey: .schema)
    provenance = try container.decode(Provenance.self, forKey: .provenance)
    let packed = try container.decode(Data.self, forKey: .calibrationRecords)
    calibrationRecords = packed.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { i in
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self)))
      }
    }
  }

  /// Writes a keyed container.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(network, forKey: .network)
    try container.encode(encoding, forKey: .encoding)
    try container.encode(schema, forKey: .schema)
    try container.encode(provenance, forKey: .provenance)
    var packed = Data(capacity: calibrationRecords.count * 4)
    for value in calibrationRecords {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { packed.append(contentsOf: $0) }
    }
    try container.encode(packed, forKey: .calibrationRecords)
  }
}

extension TrainedModel {
  /// Writes the model as JSON, whole or not at all.
  public func save(to path: String) throws(ExportError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json: Data
    do {
      json = try encoder.encode(self)
    } catch {
      throw ExportError("cannot write \(path) as JSON: \(error)")
    }
    try AtomicFile.write(json, to: path)
  }

  /// Reads a model that `save` wrote.
  public static func load(from path: String) throws(ExportError) -> TrainedModel {
    guard let json = FileManager.default.contents(atPath: path) else {
      throw ExportError("cannot read \(path): give the folder that picket train wrote")
    }
    do {
      return try JSONDecoder().decode(TrainedModel.self, from: json)
    } catch {
      throw ExportError(
        "\(path) is not a model that picket train wrote, or one of another version: \(error)")
    }
  }
}
