/// What a false-alarm budget costs and finds on labelled records.
public struct BudgetFigures: Sendable {
  /// The budget: the share of normal records that may raise an alarm.
  public let budget: Double
  /// The score from which on a record is an alarm.
  public let threshold: Float
  /// Normal records, and how many of them raised an alarm.
  public let normals: (alarms: Int, records: Int)
  /// Anomalies, and how many of them raised an alarm.
  public let anomalies: (alarms: Int, records: Int)

  /// Counts the alarms.
  public init(
    budget: Double, threshold: Float, normals: (alarms: Int, records: Int),
    anomalies: (alarms: Int, records: Int)
  ) {
    self.budget = budget
    self.threshold = threshold
    self.normals = normals
    self.anomalies = anomalies
  }

  /// The share of normal records that raised an alarm; not a number without normal records.
  public var falseAlarmRate: Double { Double(normals.alarms) / Double(normals.records) }
  /// The share of anomalies that raised an alarm; not a number without anomalies.
  public var detectionRate: Double { Double(anomalies.alarms) / Double(anomalies.records) }
  /// The false-alarm rates that are compatible with the count, at 95 % confidence.
  public var interval: BinomialInterval {
    BinomialInterval(successes: normals.alarms, trials: normals.records)
  }

  /// The detection rates that are compatible with the count, likewise.
  public var detectionInterval: BinomialInterval {
    BinomialInterval(successes: anomalies.alarms, trials: anomalies.records)
  }

  private static func text(_ interval: BinomialInterval, _ digits: Int) -> String {
    NumberText.fixed(interval.lower, digits) + " to " + NumberText.fixed(interval.upper, digits)
  }

  /// One row a budget.
  public static func table(_ figures: [BudgetFigures]) -> TextTable {
    var table = TextTable([
      .right("budget"), .right("threshold"), .right("false alarms"), .right("of normals"),
      .right("rate"), .left("95 % interval"), .right("found"), .right("of anomalies"),
      .right("rate"), .left("95 % interval"),
    ])
    for figure in figures {
      let (interval, found) = (figure.interval, figure.detectionInterval)
      table.append([
        NumberText.significant(figure.budget), NumberText.significant(Double(figure.threshold), 6),
        NumberText.grouped(figure.normals.alarms), NumberText.grouped(figure.normals.records),
        NumberText.fixed(figure.falseAlarmRate, 5),
        Self.text(interval, 5),
        NumberText.grouped(figure.anomalies.alarms), NumberText.grouped(figure.anomalies.records),
        NumberText.fixed(figure.detectionRate, 4),
        figure.anomalies.records == 0 ? "-" : Self.text(found, 4),
      ])
    }
    return table
  }

  /// The same as an object.
  public var json: JSON {
    [
      "budget": .number(budget), "threshold": .float(threshold),
      "alarms_on_normal": .integer(normals.alarms), "normal": .integer(normals.records),
      "false_alarm_rate": .number(falseAlarmRate),
      "false_alarm_rate_95": [.number(interval.lower), .number(interval.upper)],
      "alarms_on_anomalies": .integer(anomalies.alarms), "anomalies": .integer(anomalies.records),
      "detection_rate": .number(detectionRate),
      "detection_rate_95": [.number(detectionInterval.lower), .number(detectionInterval.upper)],
    ]
  }
}
