import PicketData
import PicketExport
import PicketMetrics
import PicketReport

/// What a model's scores are worth on labelled records.
///
/// All scores are PicketCore's.
struct Evaluation {
  /// What `budgets` are looked at, unless asked otherwise.
  static let usualBudgets = [0.1, 0.01, 0.001]

  let scores: [Float]
  let isAnomaly: [Bool]
  private let model: LoadedModel

  init(_ model: LoadedModel, scores: [Float], isAnomaly: [Bool]) {
    self.model = model
    self.scores = scores
    self.isAnomaly = isAnomaly
  }

  /// Threshold-free figures; nil when one class is missing.
  var figures: DetectionFigures? {
    DetectionCurve(scores: scores.map(Double.init), isAnomaly: isAnomaly).map(DetectionFigures.init)
  }

  /// Alarms at a budget.
  func budget(_ budget: Double) throws(ExportError) -> BudgetFigures {
    let threshold = try model.threshold(rate: Float(budget))
    var (normals, anomalies) = ((alarms: 0, records: 0), (alarms: 0, records: 0))
    for (score, isAnomaly) in zip(scores, isAnomaly) {
      let alarm = score >= threshold ? 1 : 0
      if isAnomaly {
        anomalies = (anomalies.alarms + alarm, anomalies.records + 1)
      } else {
        normals = (normals.alarms + alarm, normals.records + 1)
      }
    }
    return BudgetFigures(
      budget: budget, threshold: threshold, normals: normals, anomalies: anomalies)
  }

  /// Alarms at those of some budgets that the model's calibration table can tell.
  func budgets(_ budgets: [Double]) -> [BudgetFigures] {
    budgets.compactMap { value in try? budget(value) }
  }

  /// A sentence about the budgets that are below what the table can tell; nil when there are none.
  func missing(of budgets: [Double]) -> String? {
    let smallest = Double(model.info.smallestBudget)
    let missing = budgets.filter { Float($0) < model.info.smallestBudget }
    guard !missing.isEmpty else { return nil }
    let list = missing.map { NumberText.significant($0) }.joined(separator: ", ")
    return "no threshold for a budget of \(list): \(model.info.calibrationRows) calibration "
      + "records tell \(NumberText.significant(smallest, 3)) at the least"
  }
}
