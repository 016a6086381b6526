import PicketMetrics
import PicketReport
import Testing

struct FiguresTests {
  @Test func `figures are those of the curve, in table and JSON alike`() throws {
    let scores: [Double] = [0.1, 0.2, 0.3, 0.8, 0.7, 0.9]
    let curve = try #require(
      DetectionCurve(scores: scores, isAnomaly: [false, false, false, false, true, true]))
    let figures = DetectionFigures(curve)
    #expect(figures.normals == 4)
    #expect(figures.anomalies == 2)
    #expect(figures.aucROC == 0.875)
    #expect(abs(figures.aucPR - 5.0 / 6) < 1e-15)
    #expect(figures.bestF1 == 0.8)
    #expect(abs(figures.accuracyAtBestF1 - 5.0 / 6) < 1e-15)
    #expect(figures.tprAt1 == 0.5)
    #expect(JSON.object(figures.members)["auc_roc"] == 0.875)
    #expect(figures.table.text().contains("AUC-ROC              0.8750\n"))
  }

  @Test func `a budget's rates come with their interval`() {
    let figures = BudgetFigures(
      budget: 0.01, threshold: 2.5, normals: (alarms: 3, records: 200),
      anomalies: (alarms: 9, records: 10))
    #expect(figures.falseAlarmRate == 0.015)
    #expect(figures.detectionRate == 0.9)
    #expect(abs(figures.interval.upper - 0.043208) < 1e-6)
    #expect(BudgetFigures.table([figures]).text().contains("0.00310 to 0.04321"))
    #expect(abs(figures.detectionInterval.lower - 0.554984) < 1e-6)
    #expect(BudgetFigures.table([figures]).text().contains("0.5550 to 0.9975"))
    #expect(figures.json["alarms_on_normal"] == 3)
  }

  @Test func `a budget without normal records has no rate`() {
    let figures = BudgetFigures(
      budget: 0.01, threshold: 1, normals: (alarms: 0, records: 0),
      anomalies: (alarms: 1, records: 1))
    #expect(figures.falseAlarmRate.isNaN)
    #expect(figures.json.compact.contains("\"false_alarm_rate\": null"))
    #expect(figures.json.compact.contains("\"detection_rate_95\": [0.025"))
  }
}
