import Foundation
import PicketData
import PicketDetectors
import PicketExport

/// How a detector is trained: one of the detectors, with everything that decides its training.
enum DetectorConfiguration: Sendable {
  case anoEAN(AnoEANConfiguration)
  case vae(VAEConfiguration)
  case distilled(DistilledConfiguration)

  /// The name, as `--detector` takes it.
  var name: String {
    switch self {
    case .anoEAN: "anoean"
    case .vae: "vae"
    case .distilled: "distilled"
    }
  }

  /// The most passes over the training rows.
  var epochs: Int {
    switch self {
    case .anoEAN(let configuration): configuration.epochs
    case .vae(let configuration): configuration.epochs
    case .distilled(let configuration): configuration.epochs
    }
  }

  /// The widths of the hidden layers of what is exported, up to the code or the score.
  var hidden: [Int] {
    switch self {
    case .anoEAN(let configuration): configuration.encoderHidden
    case .vae(let configuration): configuration.encoderHidden
    case .distilled(let configuration): configuration.hidden
    }
  }

  /// What it wants made of numbers, where nobody chose otherwise.
  var defaultFeatures: [NumericFeature] {
    switch self {
    case .anoEAN: AnoEANDetector.features
    case .vae: VAEDetector.features
    case .distilled: DistilledDetector.features
    }
  }

  /// Whether it learns from labelled anomalies.
  var needsAnomalies: Bool {
    switch self {
    case .anoEAN: true
    case .vae, .distilled: false
    }
  }

  /// The same detector for the inputs of an encoding: a logistic output cannot leave 0 to 1.
  func fitted(to encoding: FeatureEncoding) -> DetectorConfiguration {
    guard case .vae(var configuration) = self else { return self }
    configuration.outputActivation = encoding.isWithinUnit ? .sigmoid : .linear
    return .vae(configuration)
  }

  /// The same detector with its default settings, of the same seed.
  var defaults: DetectorConfiguration {
    switch self {
    case .anoEAN(let configuration):
      var defaults = DetectorOptions.anoEAN
      defaults.seed = configuration.seed
      return .anoEAN(defaults)
    case .vae(let configuration):
      var defaults = VAEConfiguration()
      defaults.seed = configuration.seed
      return .vae(defaults)
    case .distilled(let configuration):
      var defaults = DistilledConfiguration()
      defaults.seed = configuration.seed
      return .distilled(defaults)
    }
  }

  /// All its settings, as a tree.
  func tree() throws -> JSONValue {
    let encoder = JSONEncoder()
    let data =
      switch self {
      case .anoEAN(let configuration): try encoder.encode(configuration)
      case .vae(let configuration): try encoder.encode(configuration)
      case .distilled(let configuration): try encoder.encode(configuration)
      }
    return try JSONDecoder().decode(JSONValue.self, from: data)
  }
}
