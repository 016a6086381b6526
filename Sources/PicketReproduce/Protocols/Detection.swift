import PicketMetrics
import PicketReport

extension Measure {
  /// The columns that need no threshold, for every protocol that compares scores.
  static let detectionColumns = [
    Column("auc_pr", "AUC-PR"), Column("best_f1", "best F1"), Column("auc_roc", "AUC-ROC"),
    Column("accuracy", "accuracy"), Column("tpr_at_1", "TPR at 1 % FPR"),
    Column("tpr_at_5", "TPR at 5 % FPR"),
  ]

  /// Areas, the best F1, the accuracy at its threshold, and two points of the ROC curve.
  static let detection = Measure(columns: detectionColumns) { rows in
    var result = Result()
    result.figures = detectionFigures(try rows.curve())
    return result
  }

  /// The figures of `detectionColumns`.
  static func detectionFigures(_ curve: DetectionCurve) -> [String: Double] {
    let figures = DetectionFigures(curve)
    return [
      "auc_pr": figures.aucPR, "auc_roc": figures.aucROC, "best_f1": figures.bestF1,
      "accuracy": figures.accuracyAtBestF1, "tpr_at_1": figures.tprAt1, "tpr_at_5": figures.tprAt5,
    ]
  }
}
