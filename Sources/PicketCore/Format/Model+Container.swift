import CPicket

/// Checks 1 to 15: the header and the section table.
extension Model {
  /// Finds the sections.
  ///
  /// - Returns: Where the section named *model* lies.
  @_optimize(size)
  mutating func checkContainer(_ size: Int) throws(FormatError) -> Section {
    try checkHeader(size)
    return try checkSections(size)
  }

  @_optimize(size)
  private func checkHeader(_ size: Int) throws(FormatError) {
    try require(UInt(bitPattern: bytes) & 7 == 0, 1, PICKET_E_ALIGNMENT)
    try require(size >= FormatLayout.headerBytes, 2, PICKET_E_TRUNCATED)
    // Not a comparison of vectors, which goes lane by lane and can trap.
    let difference = bytes.loadUnaligned(as: SIMD8<UInt8>.self) ^ FormatLayout.magicBytes
    try require(unsafeBitCast(difference, to: UInt64.self) == 0, 3, PICKET_E_MAGIC)
    try require(bytes.word(8) == FormatLayout.byteOrder, 4, PICKET_E_BYTE_ORDER)
    let major = Int(bytes.load(fromByteOffset: 12, as: UInt16.self))
    try require(major == Int(PICKET_FORMAT_VERSION), 5, PICKET_E_VERSION)
    // Compared as unsigned: on a 32-bit machine a large word is a negative Int.
    let fileBytes = UInt(truncatingIfNeeded: bytes.word(16)) & 0xFFFF_FFFF
    try require(UInt(bitPattern: size) >= fileBytes, 6, PICKET_E_TRUNCATED)
    try require(UInt(bitPattern: size) == fileBytes && fileBytes & 63 == 0, 7, PICKET_E_LAYOUT)
    try require(size <= Int(PICKET_MAX_MODEL_BYTES), 8, PICKET_E_LIMIT)
    let stored = bytes.load(fromByteOffset: 20, as: UInt32.self)
    try require(checksum(bytes, size: size, own: 20) == stored, 9, PICKET_E_CHECKSUM)
    try require(bytes.isZero(36, FormatLayout.headerBytes), 10, PICKET_E_LAYOUT)
  }

  @_optimize(size)
  private mutating func checkSections(_ size: Int) throws(FormatError) -> Section {
    let count = bytes.word(32)
    try require(
      count >= FormatLayout.requiredSections && count <= FormatLayout.mostSections,
      11, PICKET_E_LAYOUT)
    let tableEnd = FormatLayout.headerBytes &+ count &* FormatLayout.sectionEntryBytes
    try require(tableEnd <= size, 11, PICKET_E_LAYOUT)

    var modelSection = Section()
    // Unsigned: on a 32-bit machine a kind from 2^31 on would be a negative Int.
    var previousKind: UInt32 = 0
    var previousEnd = tableEnd
    var i = 0
    while i < count {
      let entry = FormatLayout.headerBytes &+ i &* FormatLayout.sectionEntryBytes
      let kind = bytes.load(fromByteOffset: entry, as: UInt32.self)
      if i < FormatLayout.requiredSections {
        try require(kind.int == i &+ 1, 12, PICKET_E_LAYOUT)
      } else {
        try require(
          kind >= FormatLayout.firstOptionalKind && kind > previousKind, 12, PICKET_E_LAYOUT)
      }
      let start = bytes.word(entry &+ 4)
      let length = bytes.word(entry &+ 8)
      try require(
        start == roundedUp(previousEnd, to: FormatLayout.alignment)
          && start <= size && length >= 0 && length <= size &- start, 13, PICKET_E_LAYOUT)
      try require(
        bytes.word(entry &+ 12) == 0 && bytes.isZero(previousEnd, start), 15, PICKET_E_LAYOUT)
      let section = Section(
        start: UInt32(truncatingIfNeeded: start), bytes: UInt32(truncatingIfNeeded: length))
      if kind == SectionKind.model { modelSection = section } else { place(section, kind) }
      previousKind = kind
      previousEnd = start &+ length
      i &+= 1
    }
    try require(
      roundedUp(previousEnd, to: FormatLayout.alignment) == size, 14, PICKET_E_LAYOUT)
    try require(bytes.isZero(previousEnd, size), 15, PICKET_E_LAYOUT)
    return modelSection
  }

  private mutating func place(_ section: Section, _ kind: UInt32) {
    switch kind {
    case SectionKind.strings: strings = section
    case SectionKind.fields: fields = section
    case SectionKind.categories: categories = section
    case SectionKind.features: features = section
    case SectionKind.layers: layers = section
    case SectionKind.weights: weights = section
    case SectionKind.calibration: calibration = section
    case SectionKind.provenance: provenance = section
    case SectionKind.typical: typical = section
    default: break  // An optional section that this reader does not know.
    }
  }
}
