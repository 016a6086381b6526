import ArgumentParser
import PicketDetectors
import PicketNN

/// Which detector to train.
enum DetectorName: String, ExpressibleByArgument, CaseIterable {
  case anoean, vae, distilled
}

/// What a VAE computes of a record.
enum ScoreName: String, ExpressibleByArgument, CaseIterable {
  case reconstruction, reconstructionKL = "reconstruction-kl", mahalanobis
}

/// The function of hidden layers.
enum ActivationName: String, ExpressibleByArgument, CaseIterable {
  case relu, leakyReLU = "leaky-relu", tanh, sigmoid

  var activation: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU(slope: 0.01)
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    }
  }
}

/// Widths of layers, as `128,64,32`.
struct Widths: ExpressibleByArgument {
  let values: [Int]

  init?(argument: String) {
    var values: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Int(part), (1...2048).contains(value) else { return nil }
      values.append(value)
    }
    guard (1...6).contains(values.count) else { return nil }
    self.values = values
  }
}
