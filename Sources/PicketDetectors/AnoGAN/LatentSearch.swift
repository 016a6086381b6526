import Foundation
import PicketNN
import PicketNumbers

/// The search for the codes whose made records are nearest to given ones, by Adam on the codes.
final class LatentSearch {
  /// How to search.
  struct Settings: Sendable {
    let steps: Int
    let rate: Float
    let lambda: Float
    let seed: UInt64
  }

  private let settings: Settings
  private let generator: Perceptron
  private let critic: Critic
  private let codes: Matrix
  private let codeGradients: Matrix
  private let means: Matrix
  private let squares: Matrix
  private let made: Matrix
  private let madeGradients: Matrix
  private let throughFeatures: Matrix
  private let wanted: Matrix
  private let valueGradients: Matrix

  init(generator: Perceptron, critic: Critic, rows: Int, _ settings: Settings) {
    self.settings = settings
    self.generator = generator
    self.critic = critic
    func matrix(_ columns: Int) -> Matrix { Matrix(rows: rows, columns: columns) }
    codes = matrix(generator.inputs)
    codeGradients = matrix(generator.inputs)
    means = matrix(generator.inputs)
    squares = matrix(generator.inputs)
    made = matrix(generator.outputs)
    madeGradients = matrix(generator.outputs)
    throughFeatures = matrix(generator.outputs)
    wanted = matrix(critic.features.outputs)
    valueGradients = matrix(critic.features.outputs)
  }

  /// The loss of each record at the end of its search.
  func run(_ records: MatrixView) -> [Double] {
    let range = 0..<records.rows
    var random = SeededGenerator(seed: settings.seed)
    random.fillNormal(codes.view.rows(range))
    means.view.fill(0)
    squares.view.fill(0)
    critic.judge(records)
    wanted.view.rows(range).base.update(
      from: critic.featureRows(range).base, count: range.count * wanted.columns)
    for step in 1...settings.steps {
      forward(range)
      backward(records, range)
      move(step, range)
    }
    forward(range)
    return range.map { row in
      let one = row..<row + 1
      let error = Distance.absolute(made.view.rows(one), records.rows(one))
      let unlike = Distance.absolute(critic.featureRows(one), wanted.view.rows(one))
      return Double(1 - settings.lambda) * error + Double(settings.lambda) * unlike
    }
  }

  private func forward(_ range: Range<Int>) {
    generator.forward(.dense(codes.view.rows(range)), into: made.view.rows(range))
    critic.judge(made.view.rows(range))
  }

  /// The gradient of the codes: each record's loss is its own, so none is divided by their number.
  private func backward(_ records: MatrixView, _ range: Range<Int>) {
    let output = made.view.rows(range)
    let gradient = madeGradients.view.rows(range)
    _ = AbsoluteError.evaluate(
      output: critic.featureRows(range), target: wanted.view.rows(range), weight: settings.lambda,
      gradient: valueGradients.view.rows(range))
    critic.backward(
      output, featureGradient: valueGradients.view.rows(range),
      inputGradient: throughFeatures.view.rows(range), parameters: false)
    _ = AbsoluteError.evaluate(
      output: output, target: records, weight: 1 - settings.lambda, gradient: gradient)
    for index in 0..<gradient.count { gradient.base[index] += throughFeatures.view.base[index] }
    generator.backward(
      .dense(codes.view.rows(range)), output: output, outputGradient: gradient,
      inputGradient: codeGradients.view.rows(range), parameters: false)
  }

  /// Adam ("Adam: A Method for Stochastic Optimization", Kingma and Ba, 2015, algorithm 1) on codes.
  private func move(_ step: Int, _ range: Range<Int>) {
    let (beta1, beta2): (Float, Float) = (0.9, 0.999)
    let rate =
      settings.rate * (1 - pow(beta2, Float(step))).squareRoot() / (1 - pow(beta1, Float(step)))
    let (z, g) = (codes.view.base, codeGradients.view.base)
    let (m, v) = (means.view.base, squares.view.base)
    for index in 0..<range.count * codes.columns {
      m[index] = beta1 * m[index] + (1 - beta1) * g[index]
      v[index] = beta2 * v[index] + (1 - beta2) * g[index] * g[index]
      z[index] -= rate * m[index] / (v[index].squareRoot() + 1e-8)
    }
  }
}

/// A trained GAN that is searched for every record.
struct FittedAnoGAN: FittedDetector {
  let generator: FrozenNetwork
  let critic: FrozenCritic
  let search: LatentSearch.Settings
  let history: [TrainingProgress]

  var scoringBytes: Int { generator.bytes + critic.bytes }

  func scores(_ rows: SparseRows) -> [Double] {
    let size = 500
    let search = LatentSearch(
      generator: generator.thawed(maximumRows: size), critic: critic.thawed(maximumRows: size),
      rows: size, search)
    return rows.scored(by: size) { _, records in search.run(records) }
  }
}
