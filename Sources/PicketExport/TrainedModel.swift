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
  /// Records such as the model will meet, anomalies among them, for the ranges of integer
  /// arithmetic; in the same form.
  public var rangeRecords: [Float]
  /// Normal records that neither trained nor calibrated, to compare element types on; in the same
  /// form.
  public var heldOutNormal: [Float]
  /// Anomalies that did not train, likewise; empty when the data had no labelled ones.
  public var heldOutAnomalies: [Float]
  /// Where the model comes from.
  public var provenance: Provenance

  /// Gathers what a training leaves.
  public init(
    network: ScoringNetwork, encoding: FeatureEncoding, schema: String,
    calibrationRecords: [Float], rangeRecords: [Float] = [], heldOutNormal: [Float] = [],
    heldOutAnomalies: [Float] = [], provenance: Provenance
  ) {
    self.network = network
    self.encoding = encoding
    self.schema = schema
    self.calibrationRecords = calibrationRecords
    self.rangeRecords = rangeRecords
    self.heldOutNormal = heldOutNormal
    self.heldOutAnomalies = heldOutAnomalies
    self.provenance = provenance
  }

  private enum CodingKeys: String, CodingKey {
    case network, encoding, schema, calibrationRecords, rangeRecords, heldOutNormal,
      heldOutAnomalies, provenance
  }

  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError` when network, encoding and records do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    network = try container.decode(ScoringNetwork.self, forKey: .network)
    let encoding = try container.decode(FeatureEncoding.self, forKey: .encoding)
    self.encoding = encoding
    schema = try container.decode(String.self, forKey: .schema)
    provenance = try container.decode(Provenance.self, forKey: .provenance)
    let (width, inputs) = (encoding.fieldCount, encoding.inputCount)
    guard network.inputs == inputs else {
      throw DecodingError.dataCorruptedError(
        forKey: .network, in: container,
        debugDescription: "\(network.inputs) inputs; the encoding gives \(inputs)")
    }
    func records(_ key: CodingKeys) throws -> [Float] {
      let values = try container.decode(PackedFloats.self, forKey: key).values
      guard width > 0, values.count.isMultiple(of: width) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container,
          debugDescription: "\(values.count) floats; records of \(width) fields are expected")
      }
      if let fault = encoding.fault(inRecords: values) {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: fault)
      }
      return values
    }
    calibrationRecords = try records(.calibrationRecords)
    rangeRecords = try records(.rangeRecords)
    heldOutNormal = try records(.heldOutNormal)
    heldOutAnomalies = try records(.heldOutAnomalies)
  }

  /// Writes a keyed container.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(network, forKey: .network)
    try container.encode(encoding, forKey: .encoding)
    try container.encode(schema, forKey: .schema)
    try container.encode(provenance, forKey: .provenance)
    try container.encode(PackedFloats(values: calibrationRecords), forKey: .calibrationRecords)
    try container.encode(PackedFloats(values: rangeRecords), forKey: .rangeRecords)
    try container.encode(PackedFloats(values: heldOutNormal), forKey: .heldOutNormal)
    try container.encode(PackedFloats(values: heldOutAnomalies), forKey: .heldOutAnomalies)
  }
}

extension TrainedModel {
  /// The network's inputs of the range records, or of the calibration records if there are none.
  var rangeInputs: [[Float]] {
    let records = rangeRecords.isEmpty ? calibrationRecords : rangeRecords
    let width = encoding.fieldCount
    return stride(from: 0, to: records.count, by: max(width, 1)).map { start in
      var inputs: [Float] = []
      for (field, value) in zip(encoding.fields, records[start..<start + width]) {
        switch field {
        case .numeric(let numeric): inputs += numeric.inputs(for: value)
        case .symbolic(let symbolic):
          for category in symbolic.categories.indices {
            inputs.append(Float(category) == value ? 1 : 0)
          }
        }
      }
      return inputs
    }
  }
}
