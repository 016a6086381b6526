/// The layers of an int8-integer file in this machine's byte order, read and changed by
/// `export/FORMAT.md` alone; of a float32 file the weights are read.
struct StoredIntegers {
  struct Layer {
    let inputs: Int
    let outputs: Int
    let stride: Int
    /// Where arrays start in the file.
    let weights: Int
    let bias: Int
    let scale: Int
    /// 0 if the outputs are no integers.
    let shift: Int
    /// The greatest input, 0 if inputs are the integers of the layer before.
    let inputMax: Int

    /// The byte of a weight: groups of four inputs, side by side for each output.
    func place(input: Int, output: Int) -> Int {
      weights + input / 4 * stride * 4 + output * 4 + input % 4
    }
  }

  private(set) var file: [UInt8]
  private(set) var layers: [Layer] = []

  init(_ file: [UInt8]) {
    self.file = file
    let section = { (kind: Int) in
      (0..<word(32)).map { 64 + 16 * $0 }.first { word($0) == kind } ?? 0
    }
    let description = word(section(6) + 4)
    let weights = word(section(7) + 4)
    func word(_ at: Int) -> Int {
      file.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
    }
    for at in stride(from: description, to: description + word(section(6) + 8), by: 64) {
      layers.append(
        Layer(
          inputs: word(at + 16), outputs: word(at + 20), stride: word(at + 24),
          weights: weights + word(at + 28), bias: weights + word(at + 32),
          scale: weights + word(at + 36), shift: word(at + 40), inputMax: word(at + 52)))
    }
  }

  func weight(layer index: Int, input: Int, output: Int) -> Int {
    Int(Int8(bitPattern: file[layers[index].place(input: input, output: output)]))
  }

  /// The weights of an input of a float32 file, one for each output.
  func floats(layer index: Int, input: Int) -> [Float] {
    let layer = layers[index]
    let start = layer.weights + input * layer.stride * 4
    return (0..<layer.outputs).map { output in
      file.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start + output * 4, as: Float.self) }
    }
  }

  /// Puts unit `units[p]` of a hidden layer at place p, and signs the file anew.
  mutating func reorder(layer index: Int, _ units: [Int]) {
    let (layer, next) = (layers[index], layers[index + 1])
    let old = file
    for (place, unit) in units.enumerated() {
      for input in 0..<layer.inputs {
        file[layer.place(input: input, output: place)] =
          old[layer.place(input: input, output: unit)]
      }
      for byte in 0..<4 {
        file[layer.bias + place * 4 + byte] = old[layer.bias + unit * 4 + byte]
        file[layer.scale + place * 4 + byte] = old[layer.scale + unit * 4 + byte]
      }
      for output in 0..<next.outputs {
        file[next.place(input: place, output: output)] =
          old[next.place(input: unit, output: output)]
      }
    }
    for byte in 20..<24 { file[byte] = 0 }
    let checksum = Self.crc32(file)
    withUnsafeBytes(of: checksum) { file.replaceSubrange(20..<24, with: $0) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }
}
