import PicketNN

/// Everything that decides how a distilled network is trained, beside the records.
public struct DistilledConfiguration: Sendable, Codable, Hashable {
  /// A detector of the teacher.
  public enum Member: String, Sendable, Codable, CaseIterable {
    /// `InputMahalanobis`.
    case mahalanobis
    /// `IsolationForest`.
    case isolationForest = "isolation-forest"
    /// `PrincipalComponents`.
    case principalComponents = "pca"
    /// `GaussianMixture` of 64 components.
    case mixture
    /// `GaussianMixture` of `fineComponents` components.
    case fineMixture = "fine-mixture"
    /// `CoverDistance` by quantiles: how rare.
    case rarity
    /// `CoverDistance` by logarithms: how far off.
    case remoteness
    /// `LabelClassifier`.
    case labels
  }

  /// Components of the finer mixture.
  static let fineComponents = 128

  /// The teacher, whose members' calibrated scores add up; each draws rows and seeds of its own.
  public var teacher: [Member] = [
    .mahalanobis, .isolationForest, .principalComponents, .mixture, .fineMixture,
  ]
  /// The teacher where enough anomalies are labelled.
  ///
  /// Its covers know the normal records by heart: in traffic of another day more of them are new to it.
  public var teacherOfLabels: [Member] = [
    .mahalanobis, .isolationForest, .mixture, .fineMixture, .rarity, .remoteness, .labels,
  ]
  /// The widths of the student's hidden layers.
  public var hidden = [104, 48]
  /// Perturbed normal records for each normal one.
  public var perturbed = 5.0
  /// Labelled anomalies for each normal record from which on they are enough: a classifier of a few
  /// knows those and misjudges others.
  public var leastLabelled = 0.02
  /// The most surprise, in nats, that one member of `teacherOfLabels` may report.
  public var labelledLimit = 10.0
  /// How many times a labelled anomaly is learned in an epoch.
  public var anomalyRepeats = 5
  /// Rows of a step.
  public var batchSize = 256
  /// The student's optimizer.
  public var adam = Adam.Settings(learningRate: 2e-3)
  /// The passes over the student's rows.
  public var epochs = 12
  /// Fixes every random choice.
  public var seed: UInt64 = 0

  /// The defaults, to be changed field by field.
  public init() {}
}

extension DistilledConfiguration.Member {
  /// The detector with the settings that serve here, for rows of so many columns.
  func detector(ofColumns columns: Int) -> any Detector {
    switch self {
    case .mahalanobis: return InputMahalanobis()
    case .isolationForest: return IsolationForest()
    case .principalComponents:
      var detector = PrincipalComponents()
      // As many as there are columns would leave a residual of rounding errors.
      detector.components = min(detector.components, max(columns - 1, 1))
      return detector
    case .mixture: return GaussianMixture()
    case .fineMixture:
      var detector = GaussianMixture()
      detector.components = DistilledConfiguration.fineComponents
      return detector
    case .rarity: return CoverDistance()
    case .remoteness:
      var detector = CoverDistance()
      detector.plane = .log
      return detector
    case .labels: return LabelClassifier()
    }
  }
}
