import PicketText

/// What kept a row from being read.
struct RowFault {
  /// The kinds of fault.
  enum Cause {
    case notANumber
    case empty
    case notText
    case tooFewColumns
    case tooManyColumns
    case quotes(CellScanner.QuoteFault)
  }

  /// What went wrong.
  var cause: Cause
  /// The position of the column it went wrong in.
  var column: Int
  /// The cell's text, as far as it can be shown.
  var text: String
}

extension TableReader {
  /// Reads one row into the block.
  ///
  /// - Returns: What kept it from being read, or nil.
  mutating func readRow() -> RowFault? {
    let last = plan.count - 1
    for column in 0...last {
      let step = plan[column]
      if step.kind == .numeric {
        var value: Float = 0
        if NumberCell.readShort(&scanner.position, delimiter: schema.delimiter, &value) {
          let endsRow = scanner.position[0] == UInt8(ascii: "\n")
          if endsRow == (column == last) {
            store(value, slot: step.slot)
            scanner.position += 1
            if endsRow { scanner.line += 1 }
            continue
          }
        }
      }
      if let fault = readCell(column, step.kind, step.slot, isLast: column == last) {
        return fault
      }
    }
    return nil
  }

  /// Reads a cell of any kind; the slow path of numbers.
  private mutating func readCell(
    _ column: Int, _ kind: Schema.Kind, _ slot: Int, isLast: Bool
  ) -> RowFault? {
    let cell = scanner.next()
    func fault(_ cause: RowFault.Cause) -> RowFault {
      RowFault(cause: cause, column: column, text: shown(cell))
    }

    if let quotes = cell.fault { return fault(.quotes(quotes)) }
    if cell.endsRow != isLast { return fault(isLast ? .tooManyColumns : .tooFewColumns) }
    if kind == .ignored { return nil }
    if cell.count == 0 { return fault(.empty) }
    if kind == .numeric {
      guard let value = NumberCell.read(cell) else { return fault(.notANumber) }
      store(value, slot: slot)
      return nil
    }
    let count = kind == .label ? lengthWithoutSuffix(cell) : cell.count
    guard let code = interners[slot].code(cell.text, count) else { return fault(.notText) }
    store(code, slot: slot)
    return nil
  }

  private func lengthWithoutSuffix(_ cell: CellScanner.Cell) -> Int {
    let suffix = schema.labelSuffix.utf8
    guard !suffix.isEmpty, cell.count > suffix.count else { return cell.count }
    let length = cell.count - suffix.count
    let tail = UnsafeBufferPointer(start: cell.text + length, count: suffix.count)
    return tail.elementsEqual(suffix) ? length : cell.count
  }

  private func shown(_ cell: CellScanner.Cell) -> String {
    let limit = 40
    // No character has more bytes than four: there is one more than are shown, if the cell has it.
    let bytes = UnsafeBufferPointer(start: cell.text, count: min(cell.count, 4 * (limit + 1)))
    return String(decoding: bytes, as: UTF8.self).shown(atMost: limit)
  }
}
