import ArgumentParser
import Glibc
import Synchronization

/// Ctrl-C as a wish to stop soon, rather than the end of the process.
///
/// The first one is remembered, for the work to look at between its steps; the second one ends the
/// process as ever.
enum Interrupt {
  /// What a shell expects of a process that ended after SIGINT.
  static let exitCode = ExitCode(130)

  private static let requested = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed since `watch`.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Takes the signal over.
  ///
  /// The flag is touched first, so that the handler finds it ready.
  static func watch() {
    requested.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interrupt.requested.store(true, ordering: .relaxed)
    }
    action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND) | Int32(SA_RESTART)
    sigaction(SIGINT, &action, nil)
  }
}
