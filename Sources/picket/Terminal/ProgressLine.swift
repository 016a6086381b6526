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
  ///   - place: Where that is.
  ///   - spent: The seconds that this share took, if not all since the start.
  ///   - detail: What else is worth a look; the first to go where a terminal is narrow.
  func update(
    _ share: Double, _ place: String, in spent: Double? = nil,
    _ detail: @autoclosure () -> String = ""
  ) {
    let seconds = seconds
    guard seconds >= next else { return }
    var text = "\(what): \(place)"
    if share > 0, share < 1 {
      text += ", about \(NumberText.duration((spent ?? seconds) * (1 - share) / share)) left"
    }
    let detail = detail()
    if !detail.isEmpty { text += "; \(detail)" }
    show(text, at: seconds)
  }

  /// Shows that a part of the work begins, which may take long and of which no more will be heard.
  func begin(_ part: String) {
    let seconds = seconds
    guard isTerminal || seconds >= Self.silence else { return }
    show("\(what): \(part)", at: seconds)
  }

  private func show(_ text: String, at seconds: Double) {
    next = seconds + (isTerminal ? Self.terminalInterval : Self.logInterval)
    isShown = true
    guard isTerminal else { return StandardError.put("\(text)\n") }
    // A line that wraps could not be rewritten.
    StandardError.put("\r\u{1B}[2K" + text.prefix(StandardError.width - 1))
  }

  /// Takes the line off the terminal.
  func finish() {
    if isTerminal, isShown { StandardError.put("\r\u{1B}[2K") }
  }
}
