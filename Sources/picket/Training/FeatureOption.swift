import ArgumentParser
import PicketData
import PicketExport

/// The choice of what is made of numbers.
struct FeatureOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is made of numbers; several give a field several inputs.",
      discussion: """
        min-max: the place between the smallest and the largest value of training. log: the \
        logarithm, standardised on normal rows and clipped. quantile: the share of normal rows below. \
        A column's 'features' in the schema's TOML file goes before it. (default: min-max; for \
        distilled log,quantile)
        """, valueName: "name,name"))
  var features: FeatureNames?

  /// The option's name, if it was given.
  var given: String? { features == nil ? nil : "--features" }

  /// What is made of each field: the schema's own choice, this one, or the detector's.
  func choice(_ schema: Schema, _ detector: DetectorConfiguration) -> FeatureChoice {
    FeatureChoice(features?.values ?? detector.defaultFeatures, byField: schema.featuresByField)
  }
}

/// Features by name, as `log,quantile`.
struct FeatureNames: ExpressibleByArgument {
  let values: [NumericFeature]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let values = names.compactMap(NumericFeature.init)
    guard values.count == names.count, Set(values).count == values.count else { return nil }
    self.values = values
  }
}

extension FeatureChoice {
  /// What decides the inputs, as settings.
  var tree: JSONValue {
    func names(_ features: [NumericFeature]) -> JSONValue {
      .array(features.map { .string($0.rawValue) })
    }
    guard !byField.isEmpty else { return names(common) }
    return .object(
      ["others": names(common)].merging(byField.map { ($0.text, names($1)) }) { first, _ in first })
  }
}
