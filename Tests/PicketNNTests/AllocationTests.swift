import CAllocationCounter
import PicketNN
import PicketNumbers
import Testing

@Suite("Training steps and the heap", .serialized)
struct AllocationTests {
  @Test("the counter sees what a Swift array and a matrix ask for")
  func counterWorks() {
    var kept: [Any] = []
    kept.reserveCapacity(4)
    #expect(allocations { kept.append([Float](repeating: 1, count: kept.capacity + 1000)) } >= 1)
    #expect(allocations { kept.append(Matrix(rows: 10, columns: 10)) } >= 2)
  }

  @Test("forward, losses, backward, Adam, noise and shuffling ask for nothing")
  func stepsAllocateNothing() {
    let rows = 50
    var generator = SeededGenerator(seed: 1)
    let encoder = Perceptron(
      inputs: 30,
      layers: [
        .init(outputs: 128, activation: .relu),
        .init(outputs: 20, activation: .leakyReLU(slope: 0.1)),
        .init(outputs: 8, activation: .linear),
      ], maximumRows: rows)
    let decoder = Perceptron(
      inputs: 4,
      layers: [.init(outputs: 20, activation: .tanh), .init(outputs: 30, activation: .sigmoid)],
      maximumRows: rows)
    encoder.initialize(.he, using: &generator)
    decoder.initialize(.xavier, using: &generator)
    let optimizers = (Adam(encoder, .init()), Adam(decoder, .init()))
    let (code, codeGradient) = (Matrix(rows: rows, columns: 8), Matrix(rows: rows, columns: 8))
    let (noise, sample) = (Matrix(rows: rows, columns: 4), Matrix(rows: rows, columns: 4))
    let (output, target) = (Matrix(rows: rows, columns: 30), Matrix(rows: rows, columns: 30))
    let gradient = Matrix(rows: rows, columns: 30)
    let sampleGradient = Matrix(rows: rows, columns: 4)
    let order = UnsafeMutableBufferPointer<Int32>.allocate(capacity: rows)
    defer { order.deallocate() }
    for index in 0..<rows { order[index] = Int32(index) }
    let data = SparseRows(
      dense: (0..<rows).map { row in (0..<30).map { ($0 + row) % 4 == 0 ? 0.5 : 0 } },
      columnCount: 30)

    data.withView { view in
      func step() {
        generator.shuffle(order)
        let batch = view.batch(UnsafeBufferPointer(order))
        encoder.forward(.sparse(batch), into: code.view)
        generator.fillNormal(noise.view)
        GaussianLatent.sample(code: code.view, noise: noise.view, into: sample.view)
        decoder.forward(.dense(sample.view), into: output.view)
        batch.scatter(into: target.view)
        _ = BinaryCrossEntropy.evaluate(
          logits: output.view, targets: target.view, weight: 1, gradient: gradient.view)
        _ = SquaredError.evaluate(
          output: output.view, target: target.view, weight: 1, gradient: gradient.view)
        decoder.backward(
          .dense(sample.view), output: output.view, outputGradient: gradient.view,
          inputGradient: sampleGradient.view)
        _ = GaussianLatent.divergence(code: code.view, weight: 1, gradient: codeGradient.view)
        GaussianLatent.addSampleGradient(
          sampleGradient.view, scaledNoise: noise.view, to: codeGradient.view)
        encoder.backward(.sparse(batch), output: code.view, outputGradient: codeGradient.view)
        optimizers.0.step()
        optimizers.1.step()
      }
      // The first step may fill caches: the ziggurat's tables, OpenBLAS's work area.
      step()
      #expect(allocations { for _ in 0..<20 { step() } } == 0)
    }
  }

  @Test("convolutions there and back ask for nothing, with a first layer of sparse rows")
  func convolutionsAllocateNothing() throws {
    // With more threads OpenBLAS asks for a list of jobs at each large product.
    MatrixProduct.useThreads(1)
    let rows = 20
    var generator = SeededGenerator(seed: 2)
    let stack = try #require(
      ConvolutionStack(.init(height: 12, width: 12, channels: 1), channels: [8, 16]))
    let encoder = Perceptron(
      inputs: 144, layers: stack.encoder(outputs: 4, activation: .relu), maximumRows: rows)
    let decoder = Perceptron(
      inputs: 4, layers: stack.decoder(activation: .relu, outputActivation: .sigmoid),
      maximumRows: rows)
    encoder.initialize(.he, using: &generator)
    decoder.initialize(.xavier, using: &generator)
    let (code, codeGradient) = (Matrix(rows: rows, columns: 4), Matrix(rows: rows, columns: 4))
    let (output, gradient) = (Matrix(rows: rows, columns: 144), Matrix(rows: rows, columns: 144))
    let data = SparseRows(
      dense: (0..<rows).map { row in (0..<144).map { ($0 + row) % 4 == 0 ? 0.5 : 0 } },
      columnCount: 144)
    data.withView { view in
      let batch = LayerInput.sparse(view.batch(0..<rows))
      func step() {
        encoder.forward(batch, into: code.view)
        decoder.forward(.dense(code.view), into: output.view)
        gradient.view.fill(1)
        decoder.backward(
          .dense(code.view), output: output.view, outputGradient: gradient.view,
          inputGradient: codeGradient.view)
        encoder.backward(batch, output: code.view, outputGradient: codeGradient.view)
      }
      step()
      #expect(allocations { for _ in 0..<20 { step() } } == 0)
    }
  }

  private func allocations(during body: () -> Void) -> Int {
    allocation_counter_start()
    body()
    return Int(allocation_counter_stop())
  }
}
