import PicketMetrics

/// The figures by which a detector is judged on labelled records.
public struct DetectionFigures: Sendable, Codable, Equatable {
  /// Normal records.
  public let normals: Int
  /// Anomalies.
  public let anomalies: Int
  /// Area under the precision-recall curve, as average precision.
  public let aucPR: Double
  /// Area under the receiver operating characteristic.
  public let aucROC: Double
  /// The best F1 of any threshold.
  public let bestF1: Double
  /// The accuracy at the threshold of the best F1.
  public let accuracyAtBestF1: Double
  /// The share of anomalies found while at most 1 % of the normal records raise an alarm.
  public let tprAt1: Double
  /// The same for 5 %.
  public let tprAt5: Double

  /// Reads the figures off a curve.
  public init(_ curve: DetectionCurve) {
    normals = curve.normals
    anomalies = curve.anomalies
    aucPR = curve.averagePrecision
    aucROC = curve.areaUnderROC
    let best = curve.bestF1
    bestF1 = best.value
    accuracyAtBestF1 = curve.confusion(atThreshold: best.threshold).accuracy
    tprAt1 = curve.truePositiveRate(atFalsePositiveRate: 0.01)
    tprAt5 = curve.truePositiveRate(atFalsePositiveRate: 0.05)
  }

  /// Names and values, in the order in which they are shown.
  public var named: [(name: String, key: String, value: Double)] {
    [
      ("AUC-PR", "auc_pr", aucPR), ("AUC-ROC", "auc_roc", aucROC), ("best F1", "best_f1", bestF1),
      ("accuracy at best F1", "accuracy_at_best_f1", accuracyAtBestF1),
      ("TPR at 1 % FPR", "tpr_at_1_fpr", tprAt1),
      ("TPR at 5 % FPR", "tpr_at_5_fpr", tprAt5),
    ]
  }

  /// Two columns: figure and value.
  public var table: TextTable {
    var table = TextTable([.left("figure"), .right("value")])
    table.append(["normal records", NumberText.grouped(normals)])
    table.append(["anomalies", NumberText.grouped(anomalies)])
    for figure in named { table.append([figure.name, NumberText.fixed(figure.value, 4)]) }
    return table
  }

  /// The same as members of an object.
  public var members: [JSON.Member] {
    [.init("normal", .integer(normals)), .init("anomalies", .integer(anomalies))]
      + named.map { .init($0.key, .number($0.value)) }
  }
}
