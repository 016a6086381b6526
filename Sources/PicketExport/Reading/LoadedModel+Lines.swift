import PicketCore
import PicketData

/// Lines of text as records, by the parser and the rules of `picket_record_parse`.
extension LoadedModel {
  /// Turns a line into a record.
  ///
  /// - Parameters:
  ///   - line: The cells in the order of the model's fields, and what ends them.
  ///   - delimiter: What stands between them.
  ///   - record: Room for `info.fieldCount` floats; may be partly written when the line is refused.
  /// - Returns: What is wrong with the line; nil if nothing is.
  public func parse(
    _ line: UnsafeBufferPointer<UInt8>, delimiter: UInt8,
    into record: UnsafeMutableBufferPointer<Float>
  ) -> LineFault? {
    guard line.count <= mostLineBytes else { return .tooLong(line.count) }
    guard let start = line.baseAddress, let room = record.baseAddress,
      record.count >= model.recordCount
    else { return .tooShort(field: 0) }
    var field = 0
    guard !model.parse(start, line.count, delimiter: delimiter, into: room, badField: &field)
    else { return nil }
    return LineFault(line, delimiter: delimiter, field: field)
  }

  /// What stands between the cells of a file: that by which most of its first lines are records, a
  /// comma if none is.
  public func delimiter(of lines: TextLines) -> UInt8 {
    var record = [Float](repeating: 0, count: model.recordCount)
    var best = FileLayout.delimiters[0]
    var most = 0
    for candidate in FileLayout.delimiters {
      var (seen, read) = (0, 0)
      lines.forEach { line in
        seen += 1
        let fault = record.withUnsafeMutableBufferPointer {
          parse(line, delimiter: candidate, into: $0)
        }
        if fault == nil { read += 1 }
        return seen < FileLayout.linesToJudge
      }
      if read > most { (best, most) = (candidate, read) }
    }
    return best
  }
}
