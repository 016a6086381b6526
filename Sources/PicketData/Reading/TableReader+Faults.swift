import PicketText

extension TableReader {
  /// Throws the fault of a row, or counts and lists it.
  mutating func reject(_ error: DataError) throws(DataError) {
    guard badRows == .skip else { throw error }
    skipped.add(error, number: rowCount + skipped.count + 1)
  }

  /// Goes to the row after a bad one.
  mutating func resume(after start: UnsafePointer<UInt8>, _ line: Int, _ fault: RowFault) {
    scanner.position = start
    scanner.line = line
    if case .quotes = fault.cause {
      // Quotes that do not match say nothing about where the row ends: trust the line.
      scanner.skipLine()
    } else {
      scanner.skipRow()
    }
  }

  static func columns(_ count: Int) -> String {
    count == 1 ? "one column" : "\(count) columns"
  }

  /// Puts a fault into words.
  func describe(_ fault: RowFault, _ start: UnsafePointer<UInt8>, _ line: Int) -> DataError {
    let name = columns[fault.column].name
    let isNumeric = plan[fault.column].kind == .numeric
    var error = DataError(
      file: file, line: line, column: name, found: "'\(fault.text)'", expected: "a finite number",
      advice: "correct the cell, \(DataError.orLeaveOut)")
    if isNumeric, NumberCell.saysNone(fault.text) {
      error.advice =
        "write a number wherever a record has no '\(name.shown(atMost: 80))', for the records that "
        + "will be scored too, train without the column (kind 'ignored' in the schema), "
        + DataError.orLeaveOut
    }
    switch fault.cause {
    case .notANumber:
      if line == 1 { error.advice += "; if line 1 names the columns, say so in the schema" }
    case .empty:
      error.found = "an empty cell"
      if !isNumeric { error.expected = plan[fault.column].kind == .label ? "a label" : "a name" }
    case .notText:
      error.found = "bytes that are not UTF-8"
      error.expected = "UTF-8 text"
      error.advice = "convert the file to UTF-8, \(DataError.orLeaveOut)"
    case .tooFewColumns, .tooManyColumns:
      error.column = nil
      error.found = Self.columns(columnCount(from: start))
      error.expected =
        schema.hasHeader
        ? "\(plan.count), as the header names" : "\(plan.count), as schema '\(schema.name)' lists"
      error.advice = "correct the row or the schema, \(DataError.orLeaveOut)"
    case .quotes(let quotes):
      let isOpen = quotes == .unclosed
      error.found = isOpen ? "a quote that is never closed" : "text after the closing quote"
      error.expected = isOpen ? "a closing quote" : "the delimiter or the end of the line"
      error.advice = "double the quotes inside a quoted cell, \(DataError.orLeaveOut)"
    }
    return error
  }

  private func columnCount(from start: UnsafePointer<UInt8>) -> Int {
    var walker = scanner
    walker.position = start
    var count = 0
    while true {
      let cell = walker.next()
      count += 1
      if cell.endsRow || cell.fault != nil { return count }
    }
  }
}

extension CellScanner {
  /// The error for a line without anything on it, before the last row.
  func blankLine(expected: String, file: String) -> DataError {
    DataError(
      file: file, line: line, found: "an empty line", expected: expected, advice: "delete the line")
  }
}
