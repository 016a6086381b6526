import PicketData
import PicketDetectors
import PicketExport
import PicketMetrics
import PicketNumbers

/// What a candidate did in its trial.
struct AutoTrial: Sendable {
  let candidate: AutoCandidate
  /// Bytes of its model file, the largest of the folds.
  var bytes = 0
  /// Area under the precision-recall curve, the mean of the folds; nil where a fold gave no model.
  var averagePrecision: Double?
  /// Anomalies found at one false alarm in a hundred normal records, likewise.
  var truePositiveRate: Double?
  /// Seconds of training, of all folds.
  var seconds = 0.0
  /// Why there is no figure.
  var failure: String?

  /// Trains the candidate on the rows of each fold, writes it as it would be shipped, and judges it
  /// through the file.
  init(
    _ candidate: AutoCandidate, _ records: RecordSet, _ rows: AutoRows, type: ElementType,
    seed: UInt64, isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.candidate = candidate
    var curves: [DetectionCurve] = []
    for (split, judges) in rows.folds {
      do {
        let training = try Training(
          records: records, split: split,
          detector: candidate.detector.lengthened(for: split.train.normal.count),
          features: candidate.choice(records.tables[0].schema), seed: seed, type: type)
        let outcome = try training.run(TrainingObserver(isCancelled: isCancelled))
        let file = try ModelWriter.write(
          outcome.model, options: ExportOptions(elementType: type, byteOrder: .native))
        bytes = max(bytes, file.count)
        seconds += outcome.seconds
        let model = try LoadedModel(bytes: file)
        let encoding = outcome.model.encoding
        let normal = try records.records(rows.normalJudges, encoding)
        let anomalies =
          judges.isEmpty
          ? BlendedRecords.make(from: normal, encoding, seed: seed)
          : try records.records(judges, encoding)
        let scores = try model.score(records: normal + anomalies).map { Double($0.score) }
        let isAnomaly = scores.indices.map { $0 >= rows.normalJudges.count }
        if let curve = DetectionCurve(scores: scores, isAnomaly: isAnomaly) { curves.append(curve) }
      } catch {
        failure = "\(error)"
        return
      }
    }
    guard curves.count == rows.folds.count else {
      failure = "the judging rows are all of one class"
      return
    }
    averagePrecision = Summary(curves.map(\.averagePrecision))?.mean
    truePositiveRate =
      Summary(curves.map { $0.truePositiveRate(atFalsePositiveRate: 0.01) })?.mean
  }
}

/// Records to judge by where there are no anomalies: normal ones, each with some fields of another.
enum BlendedRecords {
  /// As many as there are normal records.
  ///
  /// The number of fields that are another record's is even from one to half of them.
  static func make(from normal: [Float], _ encoding: FeatureEncoding, seed: UInt64) -> [Float] {
    let width = encoding.fieldCount
    let count = normal.count / max(width, 1)
    guard count > 1 else { return [] }
    var generator = SeededGenerator(seed: seed)
    var blended = normal
    var fields = Array(0..<width)
    for record in 0..<count {
      let donor = generator.below(count)
      generator.shuffle(&fields)
      for field in fields.prefix(1 + generator.below(max(width / 2, 1))) {
        blended[record * width + field] = normal[donor * width + field]
      }
    }
    return blended
  }
}
