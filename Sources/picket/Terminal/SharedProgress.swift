import Synchronization

/// A progress line that several threads may write to.
final class SharedProgress: Sendable {
  private let line: Mutex<ProgressLine>

  init(_ what: String) { line = Mutex(ProgressLine(what)) }

  func update(_ share: Double, _ place: String) {
    line.withLock { $0.update(share, place) }
  }

  func begin(_ part: String) { line.withLock { $0.begin(part) } }

  /// Seconds since the start.
  var seconds: Double { line.withLock(\.seconds) }

  func finish() { line.withLock { $0.finish() } }
}
