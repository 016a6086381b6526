import PicketData

/// duration, protocol, bytes and a label.
let smallSchema = makeSchema(
  [("duration", .numeric), ("protocol", .symbolic), ("bytes", .numeric), ("label", .label)])

/// A schema that the test knows to be sound.
func makeSchema(
  _ columns: [(String, Schema.Kind)], header: Bool = false, delimiter: Character = ",",
  normal: [String] = ["normal"], suffix: String = ""
) -> Schema {
  do {
    return try Schema(
      name: "test", columns: columns.map { Schema.Column($0.0, $0.1) }, hasHeader: header,
      delimiter: delimiter.asciiValue ?? 0, normalLabels: normal, labelSuffix: suffix)
  } catch {
    fatalError("\(error)")
  }
}

/// Reads text as a file named `t.csv`.
func read(
  _ text: String, _ schema: Schema = smallSchema, badRows: BadRows = .fail
) throws -> Table {
  try Table(bytes: Array(text.utf8), file: "t.csv", schema: schema, badRows: badRows)
}

/// The error that reading gives, nil if it succeeds.
func failure(_ bytes: [UInt8], _ schema: Schema = smallSchema) -> DataError? {
  do throws(DataError) {
    _ = try Table(bytes: bytes, file: "t.csv", schema: schema)
    return nil
  } catch {
    return error
  }
}

/// The error that reading gives, nil if it succeeds.
func failure(_ text: String, _ schema: Schema = smallSchema) -> DataError? {
  failure(Array(text.utf8), schema)
}

extension Table {
  /// The values of a numeric column.
  func numbers(_ name: String) -> [Float] {
    for case .numeric(let column) in fields where column.name == name { return column.values }
    return []
  }

  /// The texts of a symbolic column.
  func texts(_ name: String) -> [String] {
    for case .symbolic(let column) in fields where column.name == name {
      return column.codes.map { column.names[Int($0)] }
    }
    return []
  }

  /// The labels of all rows.
  var labelTexts: [String] { (0..<rowCount).compactMap(label(ofRow:)) }
}

/// A gzip member whose deflate blocks are stored, not compressed: the test's own packer.
func gzipStored(_ text: [UInt8]) -> [UInt8] {
  var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = text[...]
  repeat {
    let block = rest.prefix(65_535)
    rest = rest.dropFirst(block.count)
    let length = UInt16(block.count)
    packed.append(rest.isEmpty ? 1 : 0)
    packed += [UInt8(length & 255), UInt8(length >> 8)]
    packed += [UInt8(~length & 255), UInt8(~length >> 8)]
    packed += block
  } while !rest.isEmpty
  var crc = ~UInt32(0)
  for byte in text {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  for word in [~crc, UInt32(text.count)] {
    for shift in [0, 8, 16, 24] as [UInt32] {
      packed.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
  return packed
}
