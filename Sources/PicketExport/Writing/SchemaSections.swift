import CPicket
import PicketData

/// The sections that say what a record is and how it becomes inputs.
struct SchemaSections {
  private(set) var strings: FileBytes
  private(set) var fields: FileBytes
  private(set) var categories: FileBytes
  private(set) var features: FileBytes
  private var offsets: [String: UInt32] = [:]

  init(_ encoding: FeatureEncoding, _ order: ByteOrder) throws(ExportError) {
    strings = FileBytes(order)
    fields = FileBytes(order)
    categories = FileBytes(order)
    features = FeatureLanes(encoding).section(order)
    strings.appendZeros(1)
    for field in encoding.fields {
      fields.append(try name(field.name))
      switch field {
      case .numeric:
        for number in [PICKET_NUMERIC, 0, 0] { fields.append(UInt32(number)) }
      case .symbolic(let symbolic):
        let first = categories.count / 4
        for number in [PICKET_SYMBOLIC, first, symbolic.categories.count] {
          fields.append(UInt32(number))
        }
        for category in symbolic.categories { categories.append(try name(category)) }
      }
    }
  }

  /// The offset of a name, which is stored once however often it is used.
  private mutating func name(_ text: String) throws(ExportError) -> UInt32 {
    if let offset = offsets[text] { return offset }
    let bytes = Array(text.utf8)
    let printable = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard (1...Int(PICKET_MAX_NAME)).contains(bytes.count), printable else {
      throw ExportError(
        "the name '\(text)' cannot be stored: 1 to \(PICKET_MAX_NAME) bytes without control "
          + "characters are expected; rename it in the schema or in the data")
    }
    let offset = UInt32(strings.count)
    strings.append(raw: bytes)
    strings.appendZeros(1)
    offsets[text] = offset
    return offset
  }
}

/// The section *features*: an array for each kind of number, a lane for each field.
struct FeatureLanes {
  private static let absent: UInt32 = 0xFFFF_FFFF

  private var minimums: [Float]
  private var maximums: [Float]
  private var inputs: [UInt32]
  private var offsets: [Float]
  private var scales: [Float]
  private var lows: [Float]
  private var highs: [Float]
  private var oneHots: [(field: Int, firstInput: Int)] = []

  init(_ encoding: FeatureEncoding) {
    let lanes = (encoding.fieldCount + 15) / 16 * 16
    let zeros = [Float](repeating: 0, count: lanes)
    (minimums, maximums, offsets, scales, lows, highs) = (zeros, zeros, zeros, zeros, zeros, zeros)
    inputs = Array(repeating: Self.absent, count: lanes)
    var firstInput = 0
    for (lane, field) in encoding.fields.enumerated() {
      switch field {
      case .numeric(let numeric):
        minimums[lane] = numeric.minimum
        maximums[lane] = numeric.maximum
        inputs[lane] = UInt32(firstInput)
        offsets[lane] = numeric.offset
        scales[lane] = numeric.scale
        lows[lane] = numeric.low
        highs[lane] = numeric.high
      case .symbolic(let symbolic):
        maximums[lane] = Float(symbolic.categories.count - 1)
        oneHots.append((lane, firstInput))
      }
      firstInput += field.inputCount
    }
  }

  /// Whether each input is (x - minimum) * scale within 0 to 1, so that a min-max plane says it.
  private var isMinMax: Bool {
    inputs.indices.allSatisfy { lane in
      inputs[lane] == Self.absent
        || (offsets[lane] == minimums[lane] && lows[lane] == 0 && highs[lane] == 1)
    }
  }

  /// The section's bytes, with one plane: an encoding gives a field at most one affine input.
  func section(_ order: ByteOrder) -> FileBytes {
    var section = FileBytes(order)
    section.append(UInt32(1))
    section.append(UInt32(oneHots.count))
    section.append(UInt32(isMinMax ? 1 : 0))
    section.pad(to: 64)
    for array in [minimums, maximums] { for number in array { section.append(number) } }
    for input in inputs { section.append(input) }
    let numbers = isMinMax ? [scales] : [offsets, scales, lows, highs]
    for array in numbers { for number in array { section.append(number) } }
    for oneHot in oneHots {
      section.append(UInt32(oneHot.field))
      section.append(UInt32(oneHot.firstInput))
    }
    return section
  }
}
