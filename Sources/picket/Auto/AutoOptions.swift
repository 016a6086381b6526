import ArgumentParser

/// Whether the trainer chooses detector, features and size itself.
struct AutoOptions: ParsableArguments {
  @Flag(
    name: .customLong("auto"),
    help: ArgumentHelp(
      "Try detectors, features and sizes on parts of the training rows, and train the best that fits.",
      discussion: """
        Where there are labelled anomalies, what judges is how well a trial finds labels that it did \
        not learn from; else normal records with fields of others. They are judged against normal \
        training rows that no trial learns from. The rows of test and calibration have no say: the \
        thresholds of a model that was chosen by them would promise too few false alarms. The \
        report says what was tried. Weights are stored as int8 unless --type says otherwise.
        """))
  var isOn = false

  @Option(
    help: ArgumentHelp(
      "With --auto: the most bytes that the model file may have. (default: \(standardMaxBytes))",
      valueName: "n"))
  var maxBytes: Int?

  /// 32 KiB.
  static let standardMaxBytes = 32_768

  func validate() throws {
    guard let maxBytes else { return }
    guard isOn else { throw ValidationError("--max-bytes is for --auto") }
    guard maxBytes > 0 else {
      throw ValidationError("--max-bytes \(maxBytes): expected a number above 0")
    }
  }
}
