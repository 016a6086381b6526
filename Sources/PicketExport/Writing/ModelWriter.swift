import CPicket
import CZlib
import PicketCore
import PicketDetectors

/// Writes model files: the mirror of PicketCore's reader, by `export/FORMAT.md`.
public enum ModelWriter {
  /// Writes a model and its calibration table.
  ///
  /// The table is made of the scores that PicketCore gives the calibration records under this very
  /// file, so it holds for the weights as they are stored.
  ///
  /// - Parameters:
  ///   - model: What a training left.
  ///   - options: Element type and byte order.
  /// - Returns: The bytes of the file.
  /// - Throws: When the model does not fit the format or its calibration records give no table.
  public static func write(
    _ model: TrainedModel, options: ExportOptions = ExportOptions()
  ) throws(ExportError) -> [UInt8] {
    let native = try file(model, options.elementType, .native, .placeholder)
    let scores = try LoadedModel(bytes: native).score(records: model.calibrationRecords)
    let table = try CalibrationTable(scores: scores.map(\.score))
    return try file(model, options.elementType, options.byteOrder, table)
  }

  private static func file(
    _ model: TrainedModel, _ element: ElementType, _ order: ByteOrder, _ table: CalibrationTable
  ) throws(ExportError) -> [UInt8] {
    let sections = try Sections(model, element, order, table)
    return assemble(sections, order: order, featureHash: model.encoding.featureHash)
  }

  private static func assemble(
    _ parts: Sections, order: ByteOrder, featureHash: UInt64
  ) -> [UInt8] {
    let sections = parts.inOrder
    var file = FileBytes(order)
    file.append(raw: [0x89, 0x50, 0x4B, 0x54, 0x0D, 0x0A, 0x1A, 0x0A])
    file.append(UInt32(0x0A0B_0C0D))
    file.append(UInt16(PICKET_FORMAT_VERSION))
    file.append(UInt16(parts.minor))
    file.appendZeros(8)  // file_bytes and checksum, below
    file.append(featureHash)
    file.append(UInt32(sections.count))
    file.pad(to: 64)
    var start = roundedUp(64 + 16 * sections.count)
    for section in sections {
      file.append(UInt32(section.kind))
      file.append(UInt32(start))
      file.append(UInt32(section.bytes.count))
      file.append(UInt32(0))
      start = roundedUp(start + section.bytes.count)
    }
    for section in sections {
      file.pad(to: 64)
      file.append(raw: section.bytes.bytes)
    }
    file.pad(to: 64)
    file.replace(at: 16, with: UInt32(file.count))
    file.replace(at: 20, with: checksum(file.bytes))
    return file.bytes
  }

  /// CRC-32 by zlib: not the reader's own code, so that each checks the other.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  private static func roundedUp(_ n: Int) -> Int {
    (n + 63) / 64 * 64
  }
}
