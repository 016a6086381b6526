import PicketReport

/// Tells how far a long work has come and how long it will take.
///
/// On a terminal one line is rewritten in place. Elsewhere (a log, a pipe) nothing is said for two
/// seconds, then a line every five.
final class ProgressLine {
  private static let terminalInterval = 0.1
  private static let logInterval = 5.0
  private static let silence = 2.0

  private let what: String
  private let isTerminal = StandardError.isTerminal
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var next: Double
  private var isShown = false

  /// Starts the clock.
  init(_ what: String) {
    self.what = what
    start = clock.now
    next = isTerminal ? 0 : Self.silence
  }

  /// Seconds since the start.
  var seconds: Double { (clock.now - start) / .seconds(1) }

  /// Shows where the work stands, unless it was shown a moment ago.
  ///
  /// - Parameters:
  ///   - share: How much is done, from 0 to 1.
  ///   - detail: What else is worth a look.
  func update(_ share: Double, _ detail: @autoclosure () -> String) {
    let seconds = seconds
    guard seconds >= next else { return }
    next = seconds + (isTerminal ? Self.terminalInterval : Self.logInterval)
    isShown = true
    var text = "\(what): \(detail())"
    if share > 0, share < 1 {
      text += ", about \(NumberText.duration(seconds * (1 - share) / share)) left"
    }
    StandardError.put(isTerminal ? "\r\u{1B}[2K\(text)" : "\(text)\n")
  }

  /// Takes the line off the terminal.
  func finish() {
    if isTerminal, isShown { StandardError.put("\r\u{1B}[2K") }
  }
}
