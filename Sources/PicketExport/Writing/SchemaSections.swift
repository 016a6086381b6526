import CPicket
import PicketData
import PicketText

/// The sections that say what a record is and how it becomes inputs.
struct SchemaSections {
  private(set) var strings: FileBytes
  private(set) var fields: FileBytes
  private(set) var categories: FileBytes
  private(set) var features: FileBytes
  /// Whether inputs are made by logarithms or tables, which the first readers do not know.
  let hasTables: Bool
  private var offsets: [ByteName: UInt32] = [:]

  init(_ encoding: FeatureEncoding, _ order: ByteOrder) throws(ExportError) {
    strings = FileBytes(order)
    fields = FileBytes(order)
    categories = FileBytes(order)
    let lanes = try FeatureLanes(encoding)
    features = lanes.section(order)
    hasTables = lanes.hasTables
    strings.appendZeros(1)
    for field in encoding.fields {
      fields.append(try name(field.name, of: "the field"))
      switch field {
      case .numeric:
        for number in [PICKET_NUMERIC, 0, 0] { fields.append(UInt32(number)) }
      case .symbolic(let symbolic):
        let first = categories.count / 4
        for number in [PICKET_SYMBOLIC, first, symbolic.categories.count] {
          fields.append(UInt32(number))
        }
        for category in symbolic.categories {
          let owner = "'\(symbolic.name)': the category"
          categories.append(try name(category, of: owner))
        }
      }
    }
  }

  /// The offset of a name, which is stored once however often it is used.
  ///
  /// - Parameter owner: What has the name, for messages.
  private mutating func name(_ text: String, of owner: String) throws(ExportError) -> UInt32 {
    if let offset = offsets[ByteName(text)] { return offset }
    let bytes = Array(text.utf8)
    let printable = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard (1...Int(PICKET_MAX_NAME)).contains(bytes.count), printable else {
      throw ExportError(
        "\(owner) \"\(text.shown(atMost: 40))\", of \(bytes.count) bytes, cannot be stored: 1 to "
          + "\(PICKET_MAX_NAME) bytes without control characters are expected; rename it in the "
          + "schema or in the data, or make the column 'ignored' in the schema")
    }
    let offset = UInt32(strings.count)
    strings.append(raw: bytes)
    strings.appendZeros(1)
    offsets[ByteName(text)] = offset
    return offset
  }
}
