import ArgumentParser
import PicketExport
import PicketReport

/// The choice of how many false alarms are acceptable.
struct BudgetOption: ParsableArguments {
  private static let usual = 0.001

  @Option(
    help: ArgumentHelp(
      "The share of normal records that may raise an alarm. (default: \(usual), or the smallest "
        + "that the model can tell)", valueName: "rate"))
  var budget: Double?

  func validate() throws {
    guard let budget, !(budget > 0 && budget < 1) else { return }
    throw ValidationError("--budget \(budget): expected a number between 0 and 1, such as 0.001")
  }

  /// The budget and its threshold; a budget that was asked for is never replaced by another.
  func resolve(_ model: LoadedModel) throws -> (budget: Double, threshold: Float) {
    if let budget { return (budget, try model.threshold(rate: Float(budget))) }
    let smallest = model.info.smallestBudget
    guard Float(Self.usual) < smallest else {
      return (Self.usual, try model.threshold(rate: Float(Self.usual)))
    }
    StandardError.note(
      "the budget is \(NumberText.significant(Double(smallest))), the smallest that "
        + "\(NumberText.count(model.info.calibrationRows, "calibration record")) can tell")
    return (Double(smallest), try model.threshold(rate: smallest))
  }
}
