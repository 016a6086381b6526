/// How the lines of a CSV file are cut into cells; what these mean is another question.
public struct FileLayout: Sendable {
  /// What may stand between the cells of a file that does not say so; where nothing tells, the first.
  public static let delimiters = Array(",;\t|".utf8)
  /// How many lines are looked at to tell.
  public static let linesToJudge = 20

  /// The byte between two cells.
  public let delimiter: UInt8
  /// The cells of the first line, as names: those of the columns, if it is a header.
  public let names: [String]

  /// Looks at the first lines of a file, plain or gzipped.
  ///
  /// - Throws: `DataError` when the file cannot be read or has no row of cells.
  public init(path: String) throws(DataError) {
    try self.init(Gzip.text(of: FileBytes(path: path), file: path), file: path)
  }

  init(_ bytes: FileBytes, file: String) throws(DataError) {
    try bytes.checkKind(file: file)
    delimiter = Self.delimiter(of: bytes)
    var scanner = CellScanner(bytes, delimiter: delimiter)
    if scanner.isAtBlankLine, !scanner.isAtTrailingBlanks {
      throw scanner.blankLine(expected: "a row of cells", file: file)
    }
    guard !scanner.isAtTrailingBlanks, let first = scanner.headerCells()?.unique else {
      throw DataError(
        file: file, found: "no row of cells", expected: "a CSV file, plain or gzipped",
        advice: "check that this is the right file")
    }
    names = first
  }

  /// The delimiter that cuts the first lines into the most cells, equally many in each.
  private static func delimiter(of bytes: FileBytes) -> UInt8 {
    var best = delimiters[0]
    var most = 1
    for candidate in delimiters {
      var scanner = CellScanner(bytes, delimiter: candidate)
      var widths: Set<Int> = []
      for _ in 0..<linesToJudge where !scanner.isAtEnd && !scanner.isAtTrailingBlanks {
        guard let width = scanner.rowWidth() else { break }
        widths.insert(width)
      }
      if widths.count == 1, let width = widths.first, width > most {
        best = candidate
        most = width
      }
    }
    return best
  }
}
