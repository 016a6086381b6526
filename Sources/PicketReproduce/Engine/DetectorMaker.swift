import PicketDetectors

/// Makes a detector with the settings of an experiment.
package enum DetectorMaker {
  /// Every detector that an experiment can ask for.
  package static var all: [any Detector.Type] { DetectorList.all }

  /// The detector of a name.
  ///
  /// - Returns: Nil when no detector has the name.
  /// - Throws: `ReproduceError` when the detector has no such setting.
  package static func make(
    _ name: String, _ settings: DetectorSettings
  ) throws -> (any Detector)? {
    guard let type = all.first(where: { $0.card.name == name }) else { return nil }
    return try adjusted(type.init(), settings)
  }

  /// Each setting is taken by the detector that has it: what is left over is none of its own.
  private static func adjusted(
    _ detector: any Detector, _ settings: DetectorSettings
  ) throws -> any Detector {
    var (adjusted, left) = (detector, settings)
    if var adjustable = detector as? any Adjustable {
      adjustable.adjust(&left)
      adjusted = adjustable
    }
    // What does not train by epochs has nothing to cut short.
    left.epochLimit = nil
    guard left == DetectorSettings() else {
      throw ReproduceError(
        "\(type(of: detector).card.name) has no setting \(left.names.joined(separator: ", "))")
    }
    return adjusted
  }
}

/// A detector whose settings an experiment can change.
protocol Adjustable: Detector {
  /// Takes the settings that it has: it sets them to nil there.
  mutating func adjust(_ settings: inout DetectorSettings)
}
