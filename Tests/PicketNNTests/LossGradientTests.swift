import PicketNN
import PicketNumbers
import Testing

@Suite("Loss gradients against central differences")
struct LossGradientTests {
  private let rows = 6

  @Test("binary cross-entropy with one target", arguments: [Float(0), 0.25, 1])
  func crossEntropy(target: Float) {
    var generator = SeededGenerator(seed: 1)
    let logits = generator.matrix(rows: rows, columns: 7)
    let gradient = Matrix(rows: rows, columns: 7)
    let loss = BinaryCrossEntropy.evaluate(
      logits: logits.view, target: target, weight: 0.5, gradient: gradient.view)
    let s = logits.elements.map(Double.init)
    func exact(_ s: [Double]) -> Double { crossEntropy(s, s.map { _ in Double(target) }) * 0.5 }
    #expect(abs(loss - exact(s)) < 2e-6 * exact(s))
    #expect(relativeError(gradient.elements, centralDifferences(s, of: exact)) < 1e-6)
  }

  @Test("binary cross-entropy with a target each")
  func crossEntropies() {
    var generator = SeededGenerator(seed: 2)
    let logits = generator.matrix(rows: rows, columns: 7)
    let targets = Matrix(rows: rows, columns: 7)
    for index in 0..<targets.view.count { targets.view.base[index] = Float(generator.unit()) }
    let gradient = Matrix(rows: rows, columns: 7)
    let loss = BinaryCrossEntropy.evaluate(
      logits: logits.view, targets: targets.view, weight: 2, gradient: gradient.view)
    let t = targets.elements.map(Double.init)
    let s = logits.elements.map(Double.init)
    func exact(_ s: [Double]) -> Double { crossEntropy(s, t) * 2 }
    #expect(abs(loss - exact(s)) < 2e-6 * exact(s))
    #expect(relativeError(gradient.elements, centralDifferences(s, of: exact)) < 1e-6)
  }

  @Test(
    "binary cross-entropy stays exact for logits of any size", arguments: [Float(30), 80, 5000])
  func largeLogits(size: Float) {
    let logits = Matrix(rows: 1, columns: 2)
    let gradient = Matrix(rows: 1, columns: 2)
    logits.view[0, 0] = size
    logits.view[0, 1] = -size
    let wrong = BinaryCrossEntropy.evaluate(
      logits: logits.view.rows(0..<1), target: 0, weight: 1, gradient: gradient.view)
    #expect(abs(wrong - Double(size)) < 1e-6 * Double(size))
    #expect(abs(gradient.elements[0] - 1) < 1e-6 && abs(gradient.elements[1]) < 1e-6)
    logits.view[0, 1] = size
    let right = BinaryCrossEntropy.evaluate(
      logits: logits.view, target: 1, weight: 1, gradient: gradient.view)
    #expect(right >= 0 && right < 1e-6)
  }

  @Test("squared error")
  func squaredError() {
    var generator = SeededGenerator(seed: 3)
    let (output, target) = (
      generator.matrix(rows: rows, columns: 7), generator.matrix(rows: rows, columns: 7)
    )
    let gradient = Matrix(rows: rows, columns: 7)
    let loss = SquaredError.evaluate(
      output: output.view, target: target.view, weight: 0.25, gradient: gradient.view)
    let x = target.elements.map(Double.init)
    let y = output.elements.map(Double.init)
    func exact(_ y: [Double]) -> Double {
      zip(y, x).reduce(0) { $0 + 0.25 * ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    #expect(abs(loss - exact(y)) < 2e-6 * exact(y))
    #expect(relativeError(gradient.elements, centralDifferences(y, of: exact)) < 1e-6)
  }

  @Test("divergence of a Gaussian from N(0, I)")
  func divergence() {
    var generator = SeededGenerator(seed: 4)
    let code = generator.matrix(rows: rows, columns: 8)
    let gradient = Matrix(rows: rows, columns: 8)
    let loss = GaussianLatent.divergence(code: code.view, weight: 3, gradient: gradient.view)
    let c = code.elements.map(Double.init)
    func exact(_ c: [Double]) -> Double {
      c.indices.filter { $0 % 8 < 4 }.reduce(0) { sum, i in
        sum + 1.5 * (c[i] * c[i] + exponential(c[i + 4]) - 1 - c[i + 4])
      }
    }
    #expect(abs(loss - exact(c)) < 2e-6 * exact(c))
    #expect(relativeError(gradient.elements, centralDifferences(c, of: exact)) < 1e-6)
  }

  @Test("a sample's gradient reaches mean and log-variance")
  func reparameterisation() {
    var generator = SeededGenerator(seed: 5)
    let code = generator.matrix(rows: rows, columns: 8)
    let noise = generator.matrix(rows: rows, columns: 4)
    let weights = generator.matrix(rows: rows, columns: 4)
    let e = noise.elements.map(Double.init)
    let w = weights.elements.map(Double.init)
    let sample = Matrix(rows: rows, columns: 4)
    let gradient = Matrix(rows: rows, columns: 8)
    GaussianLatent.sample(code: code.view, noise: noise.view, into: sample.view)
    GaussianLatent.addSampleGradient(weights.view, scaledNoise: noise.view, to: gradient.view)
    func samples(_ c: [Double]) -> [Double] {
      e.indices.map { i in
        let mean = i / 4 * 8 + i % 4
        return c[mean] + exponential(c[mean + 4] / 2) * e[i]
      }
    }
    let c = code.elements.map(Double.init)
    #expect(relativeError(sample.elements, samples(c)) < 1e-6)
    let slopes = centralDifferences(c) { c in
      zip(samples(c), w).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(relativeError(gradient.elements, slopes) < 1e-6)
  }

  @Test(
    "hidden activations of some rows, on top of another loss", arguments: [Activation.relu, .tanh])
  func activityPenalty(_ activation: Activation) {
    var generator = SeededGenerator(seed: 6)
    let shapes = [9, 8].map { Perceptron.Shape(outputs: $0, activation: activation) }
    let network = Perceptron(
      inputs: 5, layers: shapes + [.init(outputs: 3, activation: .linear)], maximumRows: rows)
    network.initialize(.he, using: &generator)
    let input = generator.matrix(rows: rows, columns: 5)
    let weights = generator.matrix(rows: rows, columns: 3)
    let output = Matrix(rows: rows, columns: 3)
    let outputGradient = Matrix(rows: rows, columns: 3)
    outputGradient.copy(from: weights)
    network.forward(.dense(input.view), into: output.view)
    network.backward(
      .dense(input.view), output: output.view, outputGradient: outputGradient.view,
      penalty: ActivityPenalty(weight: 0.5, rows: 4))

    let x = input.view.doubleRows
    let w = weights.elements.map(Double.init)
    let parameters = network.parameters.elements.map(Double.init)
    func outputs(of depth: Int, _ parameters: [Double]) -> [[Double]] {
      let layers = Array((shapes + [.init(outputs: 3, activation: .linear)]).prefix(depth))
      return ReferenceNetwork(inputs: 5, layers).outputs(parameters, x)
    }
    let slopes = centralDifferences(parameters) { parameters in
      let loss = zip(outputs(of: 3, parameters).joined(), w).reduce(0) { $0 + $1.0 * $1.1 }
      let activity = [1, 2].flatMap { outputs(of: $0, parameters).prefix(4).joined() }
      return loss + 0.5 * activity.reduce(0) { $0 + abs($1) }
    }
    #expect(relativeError(network.gradients.elements, slopes) < 3e-6)
  }

  private func crossEntropy(_ logits: [Double], _ targets: [Double]) -> Double {
    zip(logits, targets).reduce(0) { sum, pair in
      let p = 1 / (1 + exponential(-pair.0))
      return sum - pair.1 * logarithm(p) - (1 - pair.1) * logarithm(1 - p)
    }
  }
}
