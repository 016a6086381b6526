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

  private static func adjusted(
    _ detector: any Detector, _ settings: DetectorSettings
  ) throws -> any Detector {
    guard let adjustable = detector as? any Adjustable else {
      var wanted = settings
      // What does not train by epochs has nothing to cut short.
      wanted.epochLimit = nil
      guard wanted == DetectorSettings() else {
        throw ReproduceError(
          "\(type(of: detector).card.name) has none of the settings that the experiment changes")
      }
      return detector
    }
    return adjustable.adjusted(settings)
  }
}

/// A detector whose settings an experiment can change.
protocol Adjustable: Detector {
  /// The same detector with those settings that are not nil.
  func adjusted(_ settings: DetectorSettings) -> Self
}
