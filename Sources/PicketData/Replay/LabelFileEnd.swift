/// How a label file ends: with a line, with a line that lacks its end, or with the beginning of one.
struct LabelFileEnd {
  /// The beginning of a line that was not written to its end.
  private(set) var torn: String?
  /// Whether the last line is whole but for its end.
  private(set) var isOpen = false
  /// The bytes before what is torn.
  private(set) var wholeBytes: Int

  /// Reads a label file but for what is torn.
  ///
  /// - Throws: `DataError` when it is none.
  init(_ text: String, file: String) throws(DataError) {
    wholeBytes = text.utf8.count
    // Of bytes: a carriage return and a line feed are one character.
    let last = text.utf8.lastIndex(of: UInt8(ascii: "\n")).map(text.utf8.index(after:))
    let tail = text[(last ?? text.startIndex)...]
    do throws(DataError) {
      _ = try ConnectionMarks(text: text, file: file)
      isOpen = !tail.isEmpty
    } catch {
      let whole = text[..<tail.startIndex]
      let marks = try ConnectionMarks(text: String(whole), file: file).marks
      let start = whole.utf8.dropFirst(ByteOrderMark.length(in: whole.utf8))
      let isLabelFile = !marks.isEmpty || start.starts(with: Self.firstLine)
      guard isLabelFile, ConnectionMark.isBeginning(tail) else { throw error }
      torn = String(tail)
      wholeBytes = whole.utf8.count
    }
  }

  private static let firstLine = ConnectionMarks.head.utf8.prefix { $0 != UInt8(ascii: "\n") }
}

extension ConnectionMark {
  /// Whether a line may be what was written of one: all words but the last are right.
  fileprivate static func isBeginning(_ line: Substring) -> Bool {
    let given = line.split(separator: " ").map(String.init)
    guard let last = given.last, given.count <= words.count else { return false }
    if given.count == 1 { return Verdict.allCases.contains { $0.rawValue.hasPrefix(last) } }
    // A flag that is none was not cut off: somebody has mistyped it.
    if given.count == words.count,
      !FlowColumns.categories[3].contains(where: { $0.hasPrefix(last) })
    {
      return false
    }
    let end = RecordTime(nanoseconds: .max).text
    let likely = ["unsure", end, end] + Array(repeating: "*", count: words.count - 3)
    let whole = (given.dropLast() + likely[(given.count - 1)...]).joined(separator: " ")
    return (try? ConnectionMark(line: whole[...], number: 1, file: "")) != nil
  }
}
