import Glibc

extension ConnectionMarks {
  /// Appends marks to a label file, and waits until the disk has them.
  ///
  /// A new file begins with a line that explains the others. A last line without an end is what a
  /// power cut left, and goes.
  ///
  /// - Throws: `DataError` when the file cannot be written, or what it holds is no label file.
  public static func append(_ marks: [ConnectionMark], to path: String) throws(DataError) {
    func failure(_ doing: String) -> DataError {
      DataError(
        file: path, found: "\(String(cString: strerror(errno))) on \(doing) it",
        expected: "a file that can be written",
        advice: "check the path, its permissions and the disk")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("opening") }
    defer { close(descriptor) }
    guard let before = try FileBytes(path: path).utf8Text else {
      throw DataError(
        file: path, found: "bytes that are not UTF-8", expected: "a label file, or none",
        advice: "give another file")
    }
    let whole = before.lastIndex(of: "\n").map { before[...$0] } ?? ""
    _ = try ConnectionMarks(text: String(whole), file: path)
    if whole.utf8.count < before.utf8.count,
      ftruncate(descriptor, off_t(whole.utf8.count)) != 0
    {
      throw failure("cutting")
    }
    let text = (whole.isEmpty ? head : "") + marks.map { $0.line + "\n" }.joined()
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("writing") }
    guard fsync(descriptor) == 0 else { throw failure("synchronising") }
  }

  private static let head = """
    # What 'picket train --replay' learns of these connections; of lines that fit one, the last counts.
    # VERDICT FROM TO PROTOCOL SOURCE SOURCE_PORT DESTINATION DESTINATION_PORT FLAG
    # true: an anomaly; false: normal; unsure: nothing is learned. FROM and TO bound its start; *: any.

    """
}
