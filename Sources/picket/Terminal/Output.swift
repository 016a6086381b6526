import ArgumentParser
import Glibc
import PicketText

/// Bytes for standard output, written in large pieces.
struct StandardOutput {
  private var pending: [UInt8] = []

  mutating func write(_ text: String) throws(Failure) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws(Failure) {
    var start = 0
    while start < pending.count {
      let count = pending.withUnsafeBytes { bytes in
        bytes.baseAddress.map { Glibc.write(STDOUT_FILENO, $0 + start, bytes.count - start) } ?? 0
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure("cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      start += count
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes one text and is done.
  static func print(_ text: String) throws(Failure) {
    var output = StandardOutput()
    try output.write(text)
    try output.flush()
  }
}

/// What people should know and programs should not have to read: a line on standard error.
enum StandardError {
  /// A line, whatever the text quotes.
  static func note(_ text: String) { put("picket: \(text.shown())\n") }

  static func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The columns of the terminal; 80 where it does not tell.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }
}

/// The choice between text and JSON.
struct FormatOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Write the result as JSON.")
  var isJSON = false
}
