/// Sizes and positions of `export/FORMAT.md`, by the names that it uses.
enum FormatLayout {
  static var headerBytes: Int { 64 }
  static var sectionEntryBytes: Int { 16 }
  static var alignment: Int { 64 }
  static var requiredSections: Int { 9 }
  static var mostSections: Int { 16 }
  static var firstOptionalKind: UInt32 { 256 }

  static var modelBytes: Int { 64 }
  static var fieldBytes: Int { 16 }
  static var categoryBytes: Int { 4 }
  static var layerBytes: Int { 64 }
  static var calibrationBytes: Int { 8 }

  static var mostStringBytes: Int { 1 << 20 }
  static var mostPlanes: Int { 8 }

  /// A byte above 127, the name, and line ends that a transfer as text would change.
  static var magicBytes: SIMD8<UInt8> {
    SIMD8(0x89, 0x50, 0x4B, 0x54, 0x0D, 0x0A, 0x1A, 0x0A)
  }
  static var byteOrder: Int { 0x0A0B_0C0D }
}

/// Kinds of sections, in file order.
enum SectionKind {
  static var model: UInt32 { 1 }
  static var strings: UInt32 { 2 }
  static var fields: UInt32 { 3 }
  static var categories: UInt32 { 4 }
  static var features: UInt32 { 5 }
  static var layers: UInt32 { 6 }
  static var weights: UInt32 { 7 }
  static var calibration: UInt32 { 8 }
  static var provenance: UInt32 { 9 }
  static var typical: UInt32 { 512 }
}

/// Where a section lies in the file.
struct Section: BitwiseCopyable {
  var start: UInt32 = 0
  var bytes: UInt32 = 0

  @inline(__always) var first: Int { start.int }
  @inline(__always) var count: Int { bytes.int }
  @inline(__always) var end: Int { first &+ count }
}
