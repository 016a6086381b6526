import Glibc

extension ConnectionMarks {
  /// Appends marks to a label file, and waits until the disk has them.
  ///
  /// A new file begins with a line that explains the others. A whole last line without an end gets
  /// one. The beginning of a line is what a power cut left, and goes; but in a label file alone.
  ///
  /// - Returns: What was cut off; nil if nothing was.
  /// - Throws: `DataError` when the file cannot be written, or what it holds is no label file; then it
  ///   stays as it was.
  @discardableResult
  public static func append(
    _ marks: [ConnectionMark], to path: String
  ) throws(DataError) -> String? {
    func failure(_ doing: String) -> DataError {
      DataError(
        file: path, found: "\(String(cString: strerror(errno))) on \(doing) it",
        expected: "a file that can be written",
        advice: "check the path, its permissions and the disk")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("opening") }
    defer { close(descriptor) }
    let before = try SourceFile(path: path).text(
      expected: "a label file, or none", advice: "give another file")
    let end = try LabelFileEnd(before, file: path)
    if end.torn != nil, ftruncate(descriptor, off_t(end.wholeBytes)) != 0 {
      throw failure("cutting")
    }
    let start = before.isEmpty ? head : end.isOpen ? "\n" : ""
    let bytes = Array((start + marks.map { $0.line + "\n" }.joined()).utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("writing") }
    guard fsync(descriptor) == 0 else { throw failure("synchronising") }
    return end.torn
  }

  static let head = """
    # What 'picket train --replay' learns of these connections; of lines that fit one, the last counts.
    # VERDICT FROM TO PROTOCOL SOURCE SOURCE_PORT DESTINATION DESTINATION_PORT FLAG
    # true: an anomaly; false: normal; unsure: nothing is learned. FROM and TO bound its start; *: any.

    """
}
