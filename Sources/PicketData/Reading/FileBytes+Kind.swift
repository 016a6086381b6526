extension FileBytes {
  /// What files begin with that are often taken for CSV.
  private static let others: [(start: [UInt8], kind: String, advice: String)] = [
    ([0xFF, 0xFE], "text in UTF-16", "save it as CSV in UTF-8, or convert it with iconv"),
    ([0xFE, 0xFF], "text in UTF-16", "save it as CSV in UTF-8, or convert it with iconv"),
    (
      Array("PK\u{03}\u{04}".utf8), "a ZIP archive, or a spreadsheet's own file",
      "unpack it, or save the sheet as CSV in UTF-8"
    ),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "a file packed by xz", "unpack it, or pack it by gzip"),
    (Array("BZh".utf8), "a file packed by bzip2", "unpack it, or pack it by gzip"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a file packed by zstd", "unpack it, or pack it by gzip"),
    (
      Array("#separator ".utf8), "a Zeek log",
      "delete the lines that begin with '#', but of the one that begins with '#fields' only that "
        + "word and the tab after it"
    ),
  ]

  /// Refuses what is no CSV by its first bytes: else every line would be an error of its own, and none
  /// would say why.
  ///
  /// - Throws: `DataError` that names the file, what it is, and what makes CSV of it.
  func checkKind(file: String) throws(DataError) {
    func refusal(_ found: String, _ advice: String) -> DataError {
      DataError(file: file, found: found, expected: "a CSV file, plain or gzipped", advice: advice)
    }
    if let other = withBytes({ bytes in Self.others.first { bytes.starts(with: $0.start) } }) {
      throw refusal(other.kind, other.advice)
    }
    // One of the first two bytes of text in UTF-16 is zero, if it begins as English does.
    if withBytes({ $0.prefix(2).contains(0) }) {
      throw refusal(
        "a byte of zero at its start: text in UTF-16, or no text",
        "check that this is the right file; convert UTF-16 with iconv")
    }
    let (feed, back) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    if withBytes({ bytes in !bytes.contains(feed) && bytes.dropLast().contains(back) }) {
      throw refusal(
        "lines that end with a carriage return alone",
        "save it with line feeds; tr '\\r' '\\n' converts it")
    }
  }
}
