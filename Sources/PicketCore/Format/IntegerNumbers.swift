/// What the file says of a layer in integer arithmetic, besides weights, bias and scale.
struct IntegerNumbers {
  /// The shift behind integer outputs; 0 if the outputs are not integers.
  let shift: UInt32
  /// How inputs that are not integers yet become some; a scale of 0 if they are.
  let inputScale: Float
  let inputZero: UInt32
  let inputMax: UInt32

  init(_ layer: Layer, _ bytes: UnsafeRawPointer) {
    let at = layer.description
    shift = bytes.load(fromByteOffset: at &+ 40, as: UInt32.self)
    inputScale = bytes.float(at &+ 44)
    inputZero = bytes.load(fromByteOffset: at &+ 48, as: UInt32.self)
    inputMax = bytes.load(fromByteOffset: at &+ 52, as: UInt32.self)
  }
}
