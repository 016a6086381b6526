import Foundation

/// Floats as base64 of little-endian binary32: exact, and a third of their decimal text.
struct PackedFloats: Codable {
  let values: [Float]

  init(values: [Float]) {
    self.values = values
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let packed = try container.decode(Data.self)
    guard packed.count.isMultiple(of: 4) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(packed.count) bytes; floats of 4 are expected")
    }
    values = packed.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { i in
        let word = bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: word))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var packed = Data(capacity: values.count * 4)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { packed.append(contentsOf: $0) }
    }
    var container = encoder.singleValueContainer()
    try container.encode(packed)
  }
}
