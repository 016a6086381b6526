extension DetectionCurve {
  /// The threshold with the largest F1, the largest such threshold among equals.
  ///
  /// ```
  /// F1 = 2 precision recall / (precision + recall) = 2 TP / (TP + FP + anomalies)
  /// ```
  public var bestF1: (value: Double, threshold: Double) {
    var best = (value: -1.0, threshold: thresholds[0])
    for index in thresholds.indices {
      let (hits, alarms) = (truePositives[index], falsePositives[index])
      let value = 2 * Double(hits) / Double(hits + alarms + anomalies)
      if value > best.value { best = (value, thresholds[index]) }
    }
    return best
  }

  /// The share of anomalies found within a budget of false alarms.
  ///
  /// The largest true positive rate of any threshold whose false positive rate is at most
  /// `budget`; rates between two thresholds are not interpolated, since no threshold has them. 0
  /// when even the largest score belongs to too many normal records.
  ///
  /// - Parameter budget: The largest acceptable false positive rate, in 0 ... 1.
  public func truePositiveRate(atFalsePositiveRate budget: Double) -> Double {
    var rate = 0.0
    for (hits, alarms) in zip(truePositives, falsePositives) {
      guard Double(alarms) / Double(normals) <= budget else { break }
      rate = Double(hits) / Double(anomalies)
    }
    return rate
  }

  /// The four counts when records at or above `threshold` raise an alarm.
  public func confusion(atThreshold threshold: Double) -> Confusion {
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] >= threshold { low = middle + 1 } else { high = middle }
    }
    let (hits, alarms) = low == 0 ? (0, 0) : (truePositives[low - 1], falsePositives[low - 1])
    return Confusion(
      truePositives: hits, falsePositives: alarms, trueNegatives: normals - alarms,
      falseNegatives: anomalies - hits)
  }
}
