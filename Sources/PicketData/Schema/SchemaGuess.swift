/// A schema guessed from a file, and what the guess rests on.
public struct SchemaGuess: Sendable {
  /// The schema.
  public var schema: Schema
  /// For each column, what was seen in it.
  public var notes: [String]
  /// How many rows were looked at.
  public var rowCount: Int
  /// How many of them have another number of cells than the first line, or quotes that do not match.
  public var oddRows = 0
  /// The labels seen, the most frequent first, if none of them is known to be that of normal records:
  /// the schema then calls the first one normal, for want of better.
  public var doubtfulLabels: [String] = []

  /// The schema as a TOML document, with what was seen beside each column.
  public var toml: String { schema.toml(notes: notes) }
}

extension Schema {
  /// Guesses the schema of a CSV file, plain or gzipped.
  ///
  /// Looked at are the first 20,000 rows and every sixteenth after them. The first line is a header
  /// if it holds no number and a column does, or, where none does, if nothing in it recurs. A column is numeric if
  /// its cells are numbers, leaving aside missing values and one stray cell in a hundred, unless they
  /// never fall from row to row, as a clock does; symbolic if it has at most 1,000 distinct texts, and
  /// not another one in nearly every row; otherwise ignored. The label is the last column whose
  /// header says so, or the last one that holds `normal` or `benign`; other columns of that kind,
  /// and those after the label, are ignored, because they would give the answer away. Normal are
  /// `normal` and `benign`, or `0`, or else the most frequent label: a guess that must be checked.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: The name of the schema; the file's own, if not given.
  /// - Throws: `DataError` when the file cannot be read or has no field.
  public static func guess(path: String, name: String? = nil) throws(DataError) -> SchemaGuess {
    let raw = try FileBytes(path: path)
    let text = try Gzip.text(of: raw, file: path)
    var own = path.fileName[...]
    if own.hasSuffix(".gz") { own = own.dropLast(3) }
    if let dot = own.lastIndex(of: "."), dot != own.startIndex { own = own[..<dot] }
    return try SchemaGuesser(text, file: path).guess(name: name ?? String(own))
  }
}

/// Looks at the rows of a file.
struct SchemaGuesser {
  private static let allRows = 20_000
  private static let stride = 16

  let file: String
  let delimiter: UInt8
  private(set) var header: [String]
  private(set) var hasHeader: Bool
  private(set) var tallies: [ColumnTally]
  private(set) var rowCount = 0
  private(set) var oddRows = 0

  init(_ bytes: FileBytes, file: String) throws(DataError) {
    self.file = file
    let layout = try FileLayout(bytes, file: file)
    delimiter = layout.delimiter
    let first = layout.names
    let firstRow = SchemaGuesser.tallies(bytes, delimiter, width: first.count, skipping: 0, upTo: 1)
    let rest = SchemaGuesser.tallies(bytes, delimiter, width: first.count, skipping: 1, upTo: .max)
    // Names, none of them a number, over columns of which at least one holds numbers, or over
    // categories of which they are none.
    hasHeader =
      firstRow.columns.allSatisfy { $0.numberCount == 0 }
      && (rest.columns.contains(where: \.isNumeric)
        || Self.areNames(firstRow.columns, over: rest.columns))
    header = hasHeader ? first : (1...first.count).map { "column\($0)" }
    let all =
      hasHeader
      ? rest : SchemaGuesser.tallies(bytes, delimiter, width: first.count, skipping: 0, upTo: .max)
    tallies = all.columns
    rowCount = all.rows
    oddRows = all.odd
    guard rowCount > 1 || firstRow.columns.contains(where: { $0.numberCount > 0 })
    else {
      throw DataError(
        file: file, found: "one line, and no number in it",
        expected: "records below a line of names",
        advice: "check that this is the whole file")
    }
  }

  /// Whether the first line names columns without numbers: none of its cells stands below it again,
  /// where texts recur, so that a record would have some that do.
  private static func areNames(_ first: [ColumnTally], over columns: [ColumnTally]) -> Bool {
    columns.contains(where: \.hasRecurringNames)
      && zip(first, columns).allSatisfy { first, column in
        first.names.count == 1 && first.names.allSatisfy { !column.names.contains($0) }
      }
      && Set(first.flatMap(\.names)).count == first.count
  }

  private static func tallies(
    _ bytes: FileBytes, _ delimiter: UInt8, width: Int, skipping: Int, upTo limit: Int
  ) -> (columns: [ColumnTally], rows: Int, odd: Int) {
    var columns = Array(repeating: ColumnTally(), count: width)
    var scanner = CellScanner(bytes, delimiter: delimiter)
    for _ in 0..<skipping { scanner.skipRow() }
    var row = 0
    var rows = 0
    var odd = 0
    while !scanner.isAtEnd, row < limit {
      defer { row += 1 }
      if scanner.isAtBlankLine || row >= allRows && row % stride != 0 {
        scanner.skipRow()
        continue
      }
      let isRegular = add(row: &scanner, to: &columns)
      rows += 1
      if !isRegular { odd += 1 }
    }
    return (columns, rows, odd)
  }

  private static func add(row scanner: inout CellScanner, to columns: inout [ColumnTally]) -> Bool {
    var index = 0
    while true {
      let cell = scanner.next()
      if cell.fault != nil {
        if !scanner.isAtEnd { scanner.skipLine() }
        return false
      }
      if index < columns.count { columns[index].add(cell) }
      index += 1
      if cell.endsRow { return index == columns.count }
    }
  }
}
