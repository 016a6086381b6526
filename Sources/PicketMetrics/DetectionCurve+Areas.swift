extension DetectionCurve {
  /// Area under the precision-recall curve, as average precision.
  ///
  /// ```
  /// AP = sum_k (recall_k - recall_(k-1)) precision_k
  /// ```
  ///
  /// k runs over the distinct thresholds from the largest down; nothing is interpolated. The share
  /// of anomalies is what scores without information reach.
  public var averagePrecision: Double {
    var area = 0.0
    var before = 0
    for (hits, alarms) in zip(truePositives, falsePositives) {
      area += Double(hits - before) * Double(hits) / Double(hits + alarms)
      before = hits
    }
    return area / Double(anomalies)
  }

  /// Area under the receiver operating characteristic.
  ///
  /// The chance that an anomaly scores above a normal record, a tie counting one half: the
  /// trapezoid rule over (false positive rate, true positive rate). Whole numbers until the end.
  public var areaUnderROC: Double {
    var doubled = 0
    var (hitsBefore, alarmsBefore) = (0, 0)
    for (hits, alarms) in zip(truePositives, falsePositives) {
      doubled += (alarms - alarmsBefore) * (hits + hitsBefore)
      (hitsBefore, alarmsBefore) = (hits, alarms)
    }
    return Double(doubled) / 2 / (Double(anomalies) * Double(normals))
  }
}
