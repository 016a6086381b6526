import PicketMetrics

extension Measure {
  /// P4 and P5: the threshold is the 99 % quantile of the normal training scores.
  ///
  /// Precision, recall and F1 of both classes, and the sum over all test rows of their mean squared
  /// errors, which document 003 calls the MSE of a reconstruction.
  static let trainingQuantile = Measure(
    parts: [.trainNormal],
    columns: [
      Column("accuracy", "accuracy"), Column("precision", "precision, attack"),
      Column("recall", "recall, attack"), Column("f1", "F1, attack"),
      Column("normal_precision", "precision, normal"), Column("normal_recall", "recall, normal"),
      Column("normal_f1", "F1, normal"), Column("auc_roc", "AUC-ROC"),
    ]
  ) { rows in
    let sorted = rows.trainNormal.sorted()
    guard !sorted.isEmpty else { throw ReproduceError("no training scores to take a quantile of") }
    let threshold = sorted[min(sorted.count - 1, Int(Double(sorted.count) * 0.99))]
    var result = try decided(rows, at: threshold)
    result.figures["auc_roc"] = try rows.curve().areaUnderROC
    result.figures["mse"] = rows.test.reduce(0, +)
    result.figures["mse_normal"] = zip(rows.test, rows.isAnomaly).reduce(0) {
      $0 + ($1.1 ? 0 : $1.0)
    }
    result.series += try pictures(rows, threshold: threshold)
    return result
  }

  /// P4: the SVM's and the neighbours' own decision, a score above a constant.
  static func fixedThreshold(_ threshold: Double) -> Measure {
    Measure(columns: trainingQuantile.columns) { rows in
      var result = try decided(rows, at: threshold)
      result.figures["auc_roc"] = try rows.curve().areaUnderROC
      return result
    }
  }

  /// P3: the threshold that gives the best accuracy on the validation rows.
  static let bestAccuracy = Measure(
    parts: [.validation],
    columns: [
      Column("accuracy", "accuracy"), Column("auc_roc", "AUC-ROC"),
      Column("threshold", "threshold", decimals: 5),
    ]
  ) { rows in
    let curve = try rows.validationCurve()
    let accuracies = curve.thresholds.indices.map { index in
      Double(curve.truePositives[index] + curve.normals - curve.falsePositives[index])
        / Double(curve.normals + curve.anomalies)
    }
    let best = accuracies.indices.max { accuracies[$0] < accuracies[$1] } ?? 0
    let threshold = curve.thresholds[best]
    let test = try rows.curve()
    var result = Result()
    result.figures = [
      "accuracy": test.confusion(atThreshold: threshold).accuracy, "auc_roc": test.areaUnderROC,
      "threshold": threshold,
    ]
    guard rows.wantsSeries else { return result }
    let places = evenly(curve.thresholds.count, 200)
    result.series.append(
      Series(
        "accuracy by threshold", x: places.map { curve.thresholds[$0] },
        y: places.map { accuracies[$0] }))
    result.series += try pictures(rows, threshold: threshold)
    return result
  }

  /// P6: the threshold that gives the best F1 on the validation rows.
  static let bestValidationF1 = Measure(
    parts: [.validation],
    columns: [
      Column("normal_f1", "F1, benign"), Column("f1", "F1, attack"),
      Column("accuracy", "accuracy"), Column("auc_roc", "AUC-ROC"), Column("auc_pr", "AUC-PR"),
    ]
  ) { rows in
    var result = try decided(rows, at: rows.validationCurve().bestF1.threshold)
    let curve = try rows.curve()
    result.figures["auc_roc"] = curve.areaUnderROC
    result.figures["auc_pr"] = curve.averagePrecision
    return result
  }

  /// The figures of a decision: a score at or above the threshold is an attack.
  private static func decided(_ rows: ScoredRows, at threshold: Double) throws -> Result {
    let attack = try rows.curve().confusion(atThreshold: threshold)
    let normal = Confusion(
      truePositives: attack.trueNegatives, falsePositives: attack.falseNegatives,
      trueNegatives: attack.truePositives, falseNegatives: attack.falsePositives)
    var result = Result()
    result.figures = [
      "accuracy": attack.accuracy, "precision": attack.precision, "recall": attack.recall,
      "f1": attack.f1, "normal_precision": normal.precision, "normal_recall": normal.recall,
      "normal_f1": normal.f1, "threshold": threshold,
    ]
    return result
  }

  /// At most `wanted` positions at even distances.
  static func evenly(_ count: Int, _ wanted: Int) -> [Int] {
    count <= wanted ? Array(0..<count) : (0..<wanted).map { $0 * (count - 1) / (wanted - 1) }
  }
}
