import Foundation
import PicketNumbers

/// What a student learns from: rows, and what the teacher says of them.
struct Lesson {
  let rows: SparseRows
  let targets: [Float]
  /// Held-out normal rows and perturbed rows, as many of each.
  let validationRows: SparseRows
  let validationTargets: [Float]

  /// Gathers normal records, perturbed ones and labelled anomalies.
  init(
    _ records: TrainingRecords, _ teacher: Teacher, _ configuration: DistilledConfiguration,
    using generator: inout SeededGenerator
  ) {
    let perturbation = Perturbation(of: records.normal, encoding: records.encoding)
    let count = Int(configuration.perturbed * Double(records.normal.count))
    let learned = SparseRows(
      records.normal, then: perturbation.rows(count, using: &generator))
    let anomalies = records.anomalies.repeated(configuration.anomalyRepeats)
    rows = SparseRows(learned, then: anomalies)
    targets = Self.targets(teacher.scores(rows))
    let held = records.validationNormal
    validationRows = SparseRows(held, then: perturbation.rows(held.count, using: &generator))
    validationTargets = Self.targets(teacher.scores(validationRows))
  }

  /// The logarithm, so that an error near the normal records counts as much as one far from them.
  private static func targets(_ scores: [Double]) -> [Float] {
    // 0.1 nats: a record that all members find ordinary has no surprise, and no logarithm.
    scores.map { Float(log($0 + 0.1)) }
  }
}

extension SparseRows {
  /// The rows, so many times over.
  fileprivate func repeated(_ times: Int) -> SparseRows {
    rows(at: (0..<times).flatMap { _ in 0..<count })
  }
}
