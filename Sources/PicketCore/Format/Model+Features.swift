import CPicket

/// How a field becomes network inputs, as the file describes it.
struct Feature {
  static var affine: Int { 1 }
  static var oneHot: Int { 2 }

  let field: Int
  let operation: Int
  let firstInput: Int
  let inputCount: Int
  let offset: Float
  let scale: Float
  let low: Float
  let high: Float
}

/// Checks 31 to 36: the section *features*.
extension Model {
  /// How many features the file holds.
  @inline(__always)
  var featureCount: Int { features.count / FormatLayout.featureBytes }

  /// The feature at an index that is known to exist.
  @inline(__always)
  func feature(_ index: Int) -> Feature {
    let at = features.first &+ index &* FormatLayout.featureBytes
    return Feature(
      field: bytes.word(at), operation: bytes.word(at &+ 4), firstInput: bytes.word(at &+ 8),
      inputCount: bytes.word(at &+ 12), offset: bytes.float(at &+ 16),
      scale: bytes.float(at &+ 20), low: bytes.float(at &+ 24), high: bytes.float(at &+ 28))
  }

  func checkFeatures() throws(FormatError) {
    let count = featureCount
    try require(
      features.count == count &* FormatLayout.featureBytes && count >= 1
        && count <= FormatLayout.mostFeatures, 31, PICKET_E_FEATURES)
    var previousField = 0
    var nextInput = 0
    var i = 0
    while i < count {
      let feature = feature(i)
      try require(
        feature.field >= previousField && feature.field < fieldCount.int, 32, PICKET_E_FEATURES)
      try check(feature, nextInput)
      previousField = feature.field
      nextInput &+= feature.inputCount
      i &+= 1
    }
    try require(nextInput == inputCount.int, 35, PICKET_E_FEATURES)
  }

  private func check(_ feature: Feature, _ nextInput: Int) throws(FormatError) {
    let affine = feature.operation == Feature.affine
    try require(affine || feature.operation == Feature.oneHot, 33, PICKET_E_UNSUPPORTED)
    let field = field(feature.field)
    try require(affine == (field.kind == PICKET_NUMERIC), 34, PICKET_E_FEATURES)
    try require(
      feature.firstInput == nextInput
        && feature.inputCount == (affine ? 1 : field.categoryCount), 35, PICKET_E_FEATURES)
    let numbers = SIMD4(feature.offset, feature.scale, feature.low, feature.high)
    let finite =
      isFinite(numbers.x) && isFinite(numbers.y) && isFinite(numbers.z) && isFinite(numbers.w)
    try require(
      finite && feature.low <= feature.high && (affine || numbers == .zero),
      36, PICKET_E_FEATURES)
  }
}
