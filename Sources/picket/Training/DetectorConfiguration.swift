import Foundation
import PicketDetectors
import PicketExport

/// How a detector is trained: one of the detectors, with everything that decides its training.
enum DetectorConfiguration: Sendable {
  case anoEAN(AnoEANConfiguration)
  case vae(VAEConfiguration)

  /// The name, as `--detector` takes it.
  var name: String {
    switch self {
    case .anoEAN: "anoean"
    case .vae: "vae"
    }
  }

  /// The most passes over the training rows.
  var epochs: Int {
    switch self {
    case .anoEAN(let configuration): configuration.epochs
    case .vae(let configuration): configuration.epochs
    }
  }

  /// Whether it learns from labelled anomalies.
  var needsAnomalies: Bool {
    switch self {
    case .anoEAN: true
    case .vae: false
    }
  }

  /// The same detector with its default settings, of the same seed.
  var defaults: DetectorConfiguration {
    switch self {
    case .anoEAN(let configuration):
      var defaults = AnoEANConfiguration()
      defaults.seed = configuration.seed
      return .anoEAN(defaults)
    case .vae(let configuration):
      var defaults = VAEConfiguration()
      defaults.seed = configuration.seed
      return .vae(defaults)
    }
  }

  /// All its settings, as a tree.
  func tree() throws -> JSONValue {
    let encoder = JSONEncoder()
    let data =
      switch self {
      case .anoEAN(let configuration): try encoder.encode(configuration)
      case .vae(let configuration): try encoder.encode(configuration)
      }
    return try JSONDecoder().decode(JSONValue.self, from: data)
  }
}
