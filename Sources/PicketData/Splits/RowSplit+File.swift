extension RowSplit {
  /// Reads a split from a file of one character a row, plain or gzipped.
  ///
  /// `n` and `a` are normal and anomalous rows to learn from, `v` and `w` to choose by, `N` and
  /// `A` to judge by, `.` is a row that is not used. Line ends may stand anywhere between.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rowCount: How many rows the table has.
  /// - Throws: `DataError` when the file cannot be read, holds another character, or is not of
  ///   that many rows.
  public init(path: String, rowCount: Int) throws(DataError) {
    try self.init(SourceFile(path: path), rowCount: rowCount)
  }

  /// Reads a split from a file that is in memory.
  ///
  /// - Throws: `DataError`, as for a path.
  public init(_ file: SourceFile, rowCount: Int) throws(DataError) {
    self.init()
    let text = try Gzip.text(of: file.bytes, file: file.path)
    let row = try text.withBytes { bytes throws(DataError) in try read(bytes, file: file.path) }
    guard row == rowCount else {
      throw DataError(
        file: file.path, found: "\(row) rows", expected: "\(rowCount), as the table has",
        advice: "use the split file that was made for this data file")
    }
  }

  /// Adds the rows to their lists and returns how many there were.
  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String
  ) throws(DataError) -> Int {
    var row = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "n"): trainNormal.append(row)
      case UInt8(ascii: "a"): trainAnomaly.append(row)
      case UInt8(ascii: "v"): validationNormal.append(row)
      case UInt8(ascii: "w"): validationAnomaly.append(row)
      case UInt8(ascii: "N"): testNormal.append(row)
      case UInt8(ascii: "A"): testAnomaly.append(row)
      case UInt8(ascii: "."): break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
      default:
        throw DataError(
          file: file, found: "byte \(byte) for row \(row)", expected: "one of n a v w N A .",
          advice: "check that this is a split file")
      }
      row += 1
    }
    return row
  }

  /// Throws when a row's class in the split is not the one its label says.
  ///
  /// - Parameters:
  ///   - table: The table the split is for.
  ///   - file: The name that the message gives the split.
  public func check(against table: Table, file: String) throws(DataError) {
    for (rows, isNormal) in [
      (trainNormal, true), (validationNormal, true), (testNormal, true),
      (trainAnomaly, false), (validationAnomaly, false), (testAnomaly, false),
    ] {
      for row in rows where row >= table.rowCount || table.isNormal[row] != isNormal {
        let expected = isNormal ? "a normal row" : "an anomalous row"
        throw DataError(
          file: file, found: "row \(row) of another class", expected: "\(expected)",
          advice: "use the split file that was made for this data file")
      }
    }
  }
}
