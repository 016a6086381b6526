import PicketCore
import PicketData
import PicketExport
import PicketText

/// Records without a schema: each line holds the model's fields in order, and `picket_record_parse`
/// says what it is; what follows the last field is passed over.
enum RawLines {
  /// The records of a file, one after the other, and the number of each one's line.
  static func records(
    in path: String, model: LoadedModel, _ badRows: BadRowsOption
  ) throws(DataError) -> (records: [Float], lines: [Int]) {
    let lines = try TextLines(path: path)
    let delimiter = model.delimiter(of: lines)
    let fields = model.fields
    var records: [Float] = []
    var record = [Float](repeating: 0, count: fields.count)
    var skipped = Table.SkippedRows()
    var number = 0
    try lines.forEach { line throws(DataError) in
      number += 1
      let fault = record.withUnsafeMutableBufferPointer {
        model.parse(line, delimiter: delimiter, into: $0)
      }
      guard let fault else {
        records += record
        return true
      }
      let error = describe(fault, fields, path, number)
      guard badRows.skipBadRows else {
        tellOfHeader(path, model)
        throw error
      }
      skipped.add(error, number: number)
      return true
    }
    guard !records.isEmpty else {
      throw skipped.first.first
        ?? DataError(
          file: path, found: "no lines", expected: "at least one",
          advice: "check that this is the right file")
    }
    BadRowsOption.tell(of: skipped, in: path, of: number)
    return (records, skipped.numbers(ofOthers: number - skipped.count))
  }

  private static func describe(
    _ fault: LineFault, _ fields: [FieldInfo], _ path: String, _ line: Int
  ) -> DataError {
    var error = DataError(
      file: path, line: line, found: "", expected: "",
      advice: "correct the line, \(DataError.orLeaveOut)")
    func quoted(_ text: [UInt8]) -> String {
      "'\(String(decoding: text, as: UTF8.self).shown(atMost: 40))'"
    }
    switch fault {
    case .tooLong(let bytes):
      error.found = "\(bytes) bytes"
      error.expected = "a line of at most \(mostLineBytes)"
    case .tooShort(let field):
      error.column = fields[field].name
      error.found = "the end of the line"
      error.expected =
        "the model's \(fields.count) fields in order ('picket inspect --fields' lists them)"
      error.advice += "; without --raw the names in a header are matched to the fields"
    case .quotes(let field, let text):
      error.column = fields[field].name
      error.found = quoted(text)
      error.expected = "a quote that closes where the cell ends; one inside a cell is not supported"
    case .notANumber(let field, let text):
      error.column = fields[field].name
      error.found = text.isEmpty ? "an empty cell" : quoted(text)
      error.expected = "a finite number"
    }
    return error
  }

  private static func tellOfHeader(_ path: String, _ model: LoadedModel) {
    guard let layout = try? FileLayout(path: path), model.isNamed(inHeader: layout.names) else {
      return
    }
    StandardError.note("line 1 of \(path) names columns; --raw is for records alone: leave it out")
  }
}
