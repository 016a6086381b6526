import PicketNumbers

/// The rows of the trials of `--auto`: parts of the training's own, and none of its test.
///
/// Normal training rows that no trial learns from judge. Those of calibration do not: its table would be
/// made of rows by which the model was chosen, and promise fewer false alarms than there will be.
///
/// Labelled anomalies are divided by label into two halves. One teaches and the other judges, and
/// then the other way round: a detector is chosen for what it finds without having been shown it.
package struct AutoRows {
  /// A trial's training, each with the anomalies that judge it.
  package let folds: [(split: TrainingSplit, judges: [Int])]
  /// Normal rows that judge.
  package let normalJudges: [Int]
  /// What judges, in words.
  package let account: String

  /// Normal rows that a trial learns from, at most: enough to tell detectors apart.
  private static let most = 20_000
  /// Rows of each class that judge, at most.
  private static let judges = 4_000

  /// Divides the rows of a training.
  ///
  /// - Parameters:
  ///   - split: The training's own division; its test rows stay unseen.
  ///   - records: All rows.
  ///   - seed: Fixes every random choice.
  package init(_ split: TrainingSplit, _ records: RecordSet, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func some(_ rows: [Int], _ count: Int) -> [Int] {
      guard rows.count > count else { return rows }
      var rows = rows
      generator.shuffle(&rows)
      return rows.prefix(count).sorted()
    }
    // What must be learned judges nothing.
    let free = split.train.normal.filter { !split.taught.contains($0) }
    normalJudges = some(free, min(Self.judges, max(2, free.count / 8)))
    let judging = Set(normalJudges)
    var base = TrainingSplit()
    base.train.normal = some(split.train.normal.filter { !judging.contains($0) }, Self.most)
    base.validation.normal = some(split.validation.normal, Self.most / 8)
    base.calibration = some(split.calibration, Self.judges)

    let anomalies = split.train.all(of: \.anomaly, and: split.validation.anomaly)
    func label(_ row: Int) -> ByteName { ByteName(records.label(ofRow: row) ?? "") }
    var labels = Set(anomalies.compactMap(records.label(ofRow:)).map(ByteName.init)).sorted()
    guard anomalies.count >= 8 else {
      folds = [(base, [])]
      account = "normal records with fields of others"
      return
    }
    let halves: [[Int]]
    if labels.count >= 2 {
      generator.shuffle(&labels)
      // Turn about by size, so that no half has all the common ones.
      let size = Dictionary(grouping: anomalies, by: label)
      labels.sort { size[$0, default: []].count > size[$1, default: []].count }
      let first = Set(labels.enumerated().filter { ($0.offset + 1) / 2 % 2 == 0 }.map(\.element))
      halves = [
        anomalies.filter { first.contains(label($0)) },
        anomalies.filter { !first.contains(label($0)) },
      ]
      account = "labels that the trial did not learn from"
    } else {
      var shuffled = anomalies
      generator.shuffle(&shuffled)
      let middle = shuffled.count / 2
      halves = [shuffled[..<middle].sorted(), shuffled[middle...].sorted()]
      account = "labelled anomalies that the trial did not learn from"
    }
    folds = [(halves[0], halves[1]), (halves[1], halves[0])].map { learned, unseen in
      var fold = base
      let taught = some(learned, Self.most / 10)
      fold.validation.anomaly = taught.enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
      fold.train.anomaly = taught.enumerated().filter { $0.offset % 10 != 0 }.map(\.element)
      return (fold, some(unseen, Self.judges))
    }
  }
}

extension TrainingSplit.Rows {
  /// A list of these rows and others, ascending.
  fileprivate func all(of list: KeyPath<Self, [Int]>, and others: [Int]) -> [Int] {
    (self[keyPath: list] + others).sorted()
  }
}
