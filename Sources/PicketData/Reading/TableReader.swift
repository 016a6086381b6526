/// Reads the rows of a file into columns.
///
/// Rows are parsed into a small block, column by column, and a full block is appended to the
/// columns: what is written stays in the cache, and no column is copied twice.
struct TableReader: ~Copyable {
  static let blockRows = 1024

  let schema: Schema
  let file: String
  let badRows: BadRows
  var scanner: CellScanner
  var interners: [Interner]
  var skipped = Table.SkippedRows()

  /// The columns of the file, in its own order.
  let columns: [Schema.Column]
  /// For each of them: its kind, and its position among those of its kind.
  let plan: [(kind: Schema.Kind, slot: Int)]
  private let numberBlock: UnsafeMutablePointer<Float>
  private let codeBlock: UnsafeMutablePointer<Int32>
  private var blockCount = 0
  private(set) var rowCount = 0
  private var numbers: [[Float]]
  private var codes: [[Int32]]

  /// Prepares to read `bytes`, and reads the header if there is one.
  init(
    _ bytes: FileBytes, schema: Schema, file: String, badRows: BadRows, places: ColumnPlaces
  ) throws(DataError) {
    let schema = try TableReader.delimited(schema, bytes, file: file, places: places)
    var scanner = CellScanner(bytes, delimiter: schema.delimiter)
    columns =
      schema.hasHeader
      ? try TableReader.header(&scanner, schema: schema, file: file, places: places)
      : schema.columns
    self.schema = schema
    self.file = file
    self.badRows = badRows
    self.scanner = scanner
    var numericCount = 0
    var symbolicCount = 0
    plan = columns.map { column in
      switch column.kind {
      case .numeric:
        numericCount += 1
        return (.numeric, numericCount - 1)
      case .symbolic, .label:
        symbolicCount += 1
        return (column.kind, symbolicCount - 1)
      case .ignored:
        return (.ignored, 0)
      }
    }
    numberBlock = .allocate(capacity: max(1, numericCount * TableReader.blockRows))
    codeBlock = .allocate(capacity: max(1, symbolicCount * TableReader.blockRows))
    interners = Array(repeating: Interner(), count: symbolicCount)

    // A cell takes two bytes at least, so that a file of line ends reserves nothing to speak of.
    let lines = bytes.withBytes { $0.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) } }
    let rows = min(lines, bytes.count / (2 * plan.count) + 1)
    numbers = Array(repeating: [], count: numericCount)
    codes = Array(repeating: [], count: symbolicCount)
    for column in numbers.indices { numbers[column].reserveCapacity(rows) }
    for column in codes.indices { codes[column].reserveCapacity(rows) }
  }

  deinit {
    numberBlock.deallocate()
    codeBlock.deallocate()
  }

  /// Reads every row.
  mutating func read() throws(DataError) {
    while !scanner.isAtEnd {
      let start = scanner.position
      let line = scanner.line
      if scanner.isAtBlankLine {
        if scanner.isAtTrailingBlanks { break }
        let error = scanner.blankLine(expected: Self.columns(plan.count), file: file)
        scanner.skipLine()
        try reject(error)
      } else if let fault = readRow() {
        let error = describe(fault, start, line)
        try reject(error)
        resume(after: start, line, fault)
      } else {
        blockCount += 1
        rowCount += 1
        if blockCount == TableReader.blockRows { flush() }
      }
    }
    flush()
  }

  /// The table of what was read.
  consuming func table(source: Table.Source) -> Table {
    var fields: [Table.Field] = []
    var labels: Table.Symbolic?
    // In the schema's order, which the file's need not be.
    let steps = Dictionary(
      zip(columns.map { ByteName($0.name) }, plan), uniquingKeysWith: { first, _ in first })
    for column in schema.columns {
      guard let step = steps[ByteName(column.name)] else { continue }
      switch step.kind {
      case .numeric:
        fields.append(.numeric(.init(name: column.name, values: numbers[step.slot])))
      case .symbolic:
        fields.append(.symbolic(symbolic(column.name, step.slot)))
      case .label:
        labels = symbolic(column.name, step.slot)
      case .ignored:
        break
      }
    }
    return Table(
      schema: schema, source: source, rowCount: rowCount, fields: fields, labels: labels,
      skipped: skipped)
  }

  private func symbolic(_ name: String, _ slot: Int) -> Table.Symbolic {
    Table.Symbolic(name: name, codes: codes[slot], names: interners[slot].names)
  }

  /// Puts a number at the block's current row.
  @inline(__always)
  func store(_ value: Float, slot: Int) {
    numberBlock[slot &* TableReader.blockRows &+ blockCount] = value
  }

  /// Puts a code at the block's current row.
  @inline(__always)
  func store(_ code: Int32, slot: Int) {
    codeBlock[slot &* TableReader.blockRows &+ blockCount] = code
  }

  private mutating func flush() {
    for slot in numbers.indices {
      let start = numberBlock + slot * TableReader.blockRows
      numbers[slot].append(contentsOf: UnsafeBufferPointer(start: start, count: blockCount))
    }
    for slot in codes.indices {
      let start = codeBlock + slot * TableReader.blockRows
      codes[slot].append(contentsOf: UnsafeBufferPointer(start: start, count: blockCount))
    }
    blockCount = 0
  }
}
