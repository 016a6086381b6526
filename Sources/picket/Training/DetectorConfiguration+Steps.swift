extension DetectorConfiguration {
  /// The fewest steps that training may take before it ends by itself.
  ///
  /// A pass over the records of a small site is a few steps: forty passes teach nothing then.
  static let leastSteps = 8_000
  /// The fewest steps without a better figure after which it ends.
  static let leastPatience = 1_000

  /// The same with steps of no more rows than there are.
  func batched(for normalRows: Int) -> DetectorConfiguration {
    let most = max(normalRows, 2)
    switch self {
    case .anoEAN(var configuration):
      configuration.batchSize = min(configuration.batchSize, most)
      return .anoEAN(configuration)
    case .vae(var configuration):
      configuration.batchSize = min(configuration.batchSize, most)
      return .vae(configuration)
    case .distilled(var configuration):
      configuration.batchSize = min(configuration.batchSize, most)
      return .distilled(configuration)
    }
  }

  /// The same with more epochs, where they would have few steps.
  ///
  /// - Parameters:
  ///   - normalRows: The normal rows to learn from.
  ///   - epochs: Whether the most epochs may be changed.
  ///   - patience: Whether the patience may be.
  func lengthened(
    for normalRows: Int, epochs: Bool = true, patience: Bool = true
  ) -> DetectorConfiguration {
    func lengthen(_ most: inout Int, _ waited: inout Int, steps: Int) {
      let steps = max(steps, 1)
      if epochs { most = max(most, (Self.leastSteps + steps - 1) / steps) }
      if patience { waited = max(waited, (Self.leastPatience + steps - 1) / steps) }
    }
    switch self {
    case .anoEAN(var configuration):
      lengthen(
        &configuration.epochs, &configuration.patience,
        steps: normalRows / (configuration.batchSize * 10 / 11))
      return .anoEAN(configuration)
    case .vae(var configuration):
      lengthen(
        &configuration.epochs, &configuration.patience,
        steps: normalRows / configuration.batchSize)
      return .vae(configuration)
    case .distilled(var configuration):
      var none = 0
      let rows = Double(normalRows) * (1 + configuration.perturbed)
      lengthen(&configuration.epochs, &none, steps: Int(rows) / configuration.batchSize)
      return .distilled(configuration)
    }
  }
}
