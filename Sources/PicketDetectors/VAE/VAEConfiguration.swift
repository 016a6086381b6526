import PicketNN

/// Everything that decides how a VAE is trained, beside the records; written beside results.
public struct VAEConfiguration: Sendable, Codable, Hashable {
  /// What is computed of a record when the network is used.
  public enum Score: String, Sendable, Codable {
    /// The mean squared error of the reconstruction from the latent mean.
    case reconstruction
    /// alpha * reconstruction + beta * divergence: the loss itself, at the latent mean.
    case reconstructionAndKL
    /// The Mahalanobis distance of the latent mean; the decoder is not needed then.
    case latentMahalanobis
  }

  /// The widths of the encoder's hidden layers.
  public var encoderHidden = [64, 32]
  /// The channels of convolutions in place of the hidden layers, which the decoder mirrors with
  /// transposed ones: kernel 4, stride 2, padding 1; empty for dense layers.
  public var convolutionChannels: [Int] = []
  /// d, the number of latent coordinates.
  public var latentSize = 8
  /// The widths of the decoder's hidden layers.
  public var decoderHidden = [32, 64]
  /// The function of all hidden layers.
  public var activation = Activation.relu
  /// The function of the decoder's last layer: sigmoid for inputs between 0 and 1, else linear.
  public var outputActivation = Activation.sigmoid
  /// The weight of the reconstruction: 1 for a VAE and a beta-VAE, more for an alpha-VAE.
  ///
  /// The reconstruction is a mean over inputs, the divergence a sum over coordinates: with some
  /// hundred inputs a weight up to 100 leaves the code empty (posterior collapse). 3,000 stands for
  /// a likelihood with a standard deviation of 0.14 an input where there are 120.
  public var alpha: Float = 3000
  /// The weight of the divergence: 1 for a VAE and an alpha-VAE, more for a beta-VAE.
  public var beta: Float = 1
  /// What is computed of a record.
  public var score = Score.reconstruction
  /// Rows of a step.
  public var batchSize = 200
  /// The optimizer of encoder and decoder.
  public var adam = Adam.Settings(learningRate: 1e-3)
  /// How their learning rate falls.
  public var schedule = LearningRateSchedule.constant
  /// The most passes over the normal records.
  public var epochs = 40
  /// Epochs without a smaller validation loss after which training ends.
  public var patience = 5
  /// Added to each variance of the fitted Gaussian.
  public var ridge = 1e-6
  /// Fixes every random choice.
  public var seed: UInt64 = 0

  /// The defaults, to be changed field by field.
  public init() {}
}
