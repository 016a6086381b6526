import PicketNN

/// Everything that decides how an AnoEAN is trained, beside the records; written beside results.
///
/// Defaults are those of the publication (section 4.1) where it names them.
public struct AnoEANConfiguration: Sendable, Codable, Hashable {
  /// The widths of the encoder's hidden layers.
  public var encoderHidden = [128, 64, 32]
  /// The channels of convolutions in place of the hidden layers: kernel 4, stride 2, padding 1;
  /// empty for an encoder of dense layers.
  public var convolutionChannels: [Int] = []
  /// d, the size of the decision space.
  public var latentSize = 8
  /// The widths of the discriminator's hidden layers; one logit follows.
  public var discriminatorHidden = [32, 16]
  /// The function of all hidden layers.
  public var activation = Activation.relu
  /// m, the rows of a step: 10 / 11 of them normal, the others anomalies.
  public var batchSize = 200
  /// n_D, the discriminator's steps for one of the encoder (algorithm 1).
  public var discriminatorSteps = 1
  /// The optimizer of both networks.
  ///
  /// Algorithm 1 names two learning rates, 2e-4 and 1e-3. Together with a rate that falls, 2e-4 to
  /// 5e-4 gave equal results and 1e-3 slightly lower ones, on splits made for that choice.
  public var adam = Adam.Settings(learningRate: 5e-4, beta1: 0.5)
  /// How their learning rate falls.
  public var schedule = LearningRateSchedule.linear
  /// The most passes over the normal records.
  public var epochs = 25
  /// Epochs without a better validation figure after which training ends.
  public var patience = 25
  /// The weight of the sum of a normal row's hidden activations in the encoder's loss.
  ///
  /// 0 is the publication's. With rectifiers, 0.03 leaves an eighth of the first hidden layer and a third
  /// of the next at more than zero, with the same accuracy; what is zero costs a scorer nothing. Much
  /// more makes normal records alike, to the last bit of their scores. Anomalies are not penalised:
  /// that made them harder to tell.
  public var activityPenalty: Float = 0
  /// Added to each variance of the fitted Gaussian.
  public var ridge = 1e-6
  /// Fixes every random choice.
  public var seed: UInt64 = 0

  /// The defaults, to be changed field by field.
  public init() {}

  /// m_n of algorithm 1.
  var normalRows: Int { batchSize * 10 / 11 }
  /// m_a of algorithm 1.
  var anomalyRows: Int { batchSize - normalRows }
}
