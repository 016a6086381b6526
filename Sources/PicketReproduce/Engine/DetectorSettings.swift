/// What an experiment changes of a detector's own settings; nil leaves them.
package struct DetectorSettings: Sendable, Codable, Hashable {
  /// d, the number of latent coordinates.
  package var latentSize: Int?
  /// The widths of the encoder's hidden layers; a decoder mirrors them.
  package var hidden: [Int]?
  /// The channels of convolutions in place of hidden layers.
  package var convolutionChannels: [Int]?
  /// The most passes over the training rows.
  package var epochs: Int?
  /// Epochs without improvement after which training ends.
  package var patience: Int?
  /// The optimizer's rate.
  package var learningRate: Float?
  /// Rows of a step.
  package var batchSize: Int?
  /// The weight of an AnoEAN's hidden activations.
  package var activityPenalty: Float?
  /// The weight of a VAE's reconstruction.
  package var alpha: Float?
  /// The weight of a VAE's divergence.
  package var beta: Float?
  /// The most epochs, whatever else is set: a quick run's limit.
  package var epochLimit: Int?

  /// Changes nothing.
  package init() {}

  /// Changes what the closure says.
  package init(_ change: (inout DetectorSettings) -> Void) {
    self.init()
    change(&self)
  }

  /// The names of what is changed.
  var names: [String] {
    Mirror(reflecting: self).children.compactMap { name, value in
      guard case Optional<Any>.some = value else { return nil }
      return name
    }
  }
}
