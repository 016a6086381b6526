/// How many records of each class raised an alarm, and how many did not.
public struct Confusion: Sendable, Codable, Equatable {
  /// Anomalies that raised an alarm.
  public let truePositives: Int
  /// Normal records that raised an alarm.
  public let falsePositives: Int
  /// Normal records that did not.
  public let trueNegatives: Int
  /// Anomalies that did not.
  public let falseNegatives: Int

  /// Gathers the four counts.
  public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// Number of records.
  public var total: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

  /// (TP + TN) / all; not a number when there are no records.
  public var accuracy: Double { Double(truePositives + trueNegatives) / Double(total) }

  /// TP / (TP + FP); 0 when nothing raised an alarm.
  public var precision: Double { Self.share(truePositives, of: truePositives + falsePositives) }

  /// TP / (TP + FN), the true positive rate; 0 when there are no anomalies.
  public var recall: Double { Self.share(truePositives, of: truePositives + falseNegatives) }

  /// 2 TP / (2 TP + FP + FN); 0 when there are neither anomalies nor alarms.
  public var f1: Double {
    Self.share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives)
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
