import PicketDetectors
import PicketExport
import PicketNN
import Testing

@Suite struct `The bytes of a file are known before its training` {
  @Test(arguments: ElementType.allCases)
  func `but for the provenance and the calibration table`(type: ElementType) throws {
    var random = Fixtures.Random(state: 5)
    let layers = [
      Fixtures.layer(8, 300, .relu, &random), Fixtures.layer(300, 37, .relu, &random),
      Fixtures.layer(37, 1, .linear, &random),
    ]
    let trained = Fixtures.trained(.distilled(layers))
    let file = try ModelWriter.write(trained, options: ExportOptions(elementType: type))
    let least = try ModelOutline(
      trained.encoding,
      layers.map { ($0.inputs, .init(outputs: $0.outputs, activation: $0.activation)) }, type
    ).leastBytes
    let info = try LoadedModel(bytes: file).info
    // The typical record has a section, and the table of sections a place for it.
    #expect(file.count >= least)
    #expect(file.count <= least + info.provenance.utf8.count + 1_024)
  }

  @Test func `of convolutions too`() throws {
    let shape = ConvolutionGeometry(
      isTransposed: false, input: .init(height: 1, width: 8, channels: 1),
      output: .init(height: 1, width: 4, channels: 200), kernelHeight: 1, kernelWidth: 4,
      strideHeight: 1, strideWidth: 2, paddingTop: 0, paddingLeft: 1)
    var random = Fixtures.Random(state: 5)
    let convolution = ConvolutionParameters(
      geometry: shape, weights: (0..<800).map { _ in Float.random(in: -1...1, using: &random) },
      bias: Array(repeating: 0, count: 200), activation: .relu)
    let last = Fixtures.layer(800, 1, .linear, &random)
    let trained = Fixtures.trained(
      ScoringNetwork(
        kind: .distilled, score: .output, latentSize: 1,
        encoder: [.convolution(convolution), .dense(last)]))
    let file = try ModelWriter.write(trained)
    let least = try ModelOutline(
      trained.encoding,
      [(8, .init(shape, activation: .relu)), (800, .init(outputs: 1, activation: .linear))],
      .float32
    ).leastBytes
    #expect(file.count >= least && file.count < least + 2_048)
  }
}
