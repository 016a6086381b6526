import PicketNN

/// Everything that decides how a distilled network is trained, beside the records.
public struct DistilledConfiguration: Sendable, Codable, Hashable {
  /// The widths of the student's hidden layers.
  public var hidden = [64, 32]
  /// Perturbed normal records for each normal one.
  public var perturbed = 3.0
  /// Rows of a step.
  public var batchSize = 256
  /// The student's optimizer.
  public var adam = Adam.Settings(learningRate: 2e-3)
  /// The passes over the student's rows.
  public var epochs = 15
  /// Fixes every random choice.
  public var seed: UInt64 = 0

  /// The defaults, to be changed field by field.
  public init() {}
}
