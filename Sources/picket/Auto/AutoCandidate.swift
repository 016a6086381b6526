import PicketData
import PicketDetectors
import PicketReport

/// One way to make a model: a detector with its settings, and what is made of numbers.
struct AutoCandidate: Sendable {
  var detector: DetectorConfiguration
  var features: [NumericFeature]

  /// What is made of each field; what the schema says of a field goes before it.
  func choice(_ schema: Schema) -> FeatureChoice {
    FeatureChoice(features, byField: schema.featuresByField)
  }

  /// What tables call it: "distilled 64-32, log + quantile".
  var title: String {
    let widths = detector.hidden.map(String.init).joined(separator: "-")
    return "\(detector.name) \(widths), \(features.map(\.rawValue).joined(separator: " + "))"
  }

  /// Everything worth trying, the detectors' own settings first.
  ///
  /// Several sizes of each: a small one is for a small byte budget, and generalises better now and then.
  static func all(learnsAnomalies: Bool, seed: UInt64) -> [AutoCandidate] {
    let features: [[NumericFeature]] = [[.minMax], [.log, .quantile]]
    var candidates: [AutoCandidate] = []
    for hidden in [DistilledConfiguration().hidden, [64, 32], [48, 16]] {
      candidates.append(distilled(hidden, DistilledDetector.features, seed: seed))
    }
    for features in features {
      if learnsAnomalies {
        for hidden in [[128, 64, 32], [64, 32]] {
          var anoEAN = DetectorOptions.anoEAN
          anoEAN.encoderHidden = hidden
          anoEAN.seed = seed
          candidates.append(AutoCandidate(detector: .anoEAN(anoEAN), features: features))
        }
      }
      for hidden in [[64, 32], [32, 16]] {
        var vae = VAEConfiguration()
        vae.encoderHidden = hidden
        vae.decoderHidden = hidden.reversed()
        vae.seed = seed
        candidates.append(AutoCandidate(detector: .vae(vae), features: features))
      }
    }
    return candidates
  }

  /// What is left to try where none of the others fits: a schema may have many columns or categories.
  static func narrow(seed: UInt64) -> [AutoCandidate] {
    [
      distilled([24, 8], DistilledDetector.features, seed: seed),
      distilled([8], DistilledDetector.features, seed: seed),
      distilled([8], [.minMax], seed: seed),
    ]
  }

  private static func distilled(
    _ hidden: [Int], _ features: [NumericFeature], seed: UInt64
  ) -> AutoCandidate {
    var distilled = DistilledConfiguration()
    distilled.hidden = hidden
    distilled.seed = seed
    return AutoCandidate(detector: .distilled(distilled), features: features)
  }
}
