import CPicket

/// An open model: a checked view over bytes that somebody else owns.
///
/// It lives inside the caller's `picket_model`, so it is a plain value of at most 256 bytes. All
/// numbers in it have passed the checks of `export/FORMAT.md`; nothing after `open` checks again.
public struct Model: BitwiseCopyable {
  /// Tells an opened model from zeroed memory.
  var seal: UInt64
  var bytes: UnsafeRawPointer
  var size: UInt32

  var strings = Section()
  var fields = Section()
  var categories = Section()
  var features = Section()
  var layers = Section()
  var weights = Section()
  var calibration = Section()
  var provenance = Section()
  /// Of length 0 in a file that has no such section.
  var typical = Section()

  var kind: UInt32 = 0
  var score: UInt32 = 0
  var fieldCount: UInt32 = 0
  var inputCount: UInt32 = 0
  var latentCount: UInt32 = 0
  var encoderCount: UInt32 = 0
  var decoderCount: UInt32 = 0
  var reconstructionWeight: Float = 0
  var divergenceWeight: Float = 0
  var calibrationRows: UInt32 = 0
  var planeCount: UInt32 = 0
  var minMaxCount: UInt32 = 0
  var oneHotCount: UInt32 = 0

  /// How long a list of non-zero inputs can get: the most inputs of a layer, or of a window of one.
  var longestList: UInt32 = 0
  /// The largest room of any layer: how many activations there are at once.
  var widest: UInt32 = 0
  /// The most inputs of any convolution.
  var largestImage: UInt32 = 0

  /// Whether any layer computes in integers.
  var hasIntegers = false

  /// Exact bytes of scratch, kept because every call of the library asks.
  var scratch: UInt32 = 0
  /// Bytes for a bit of each number of a vector, or 0 if records are scored one by one.
  var markBytes: UInt32 = 0

  /// Which of the archive's kernel sets scores under this model, 1 for the one that always runs.
  public var level: UInt32 = 1

  static var opened: UInt64 { 0x5049_434B_4554_0001 }

  init(bytes: UnsafeRawPointer, size: Int) {
    seal = Model.opened
    self.bytes = bytes
    self.size = UInt32(truncatingIfNeeded: size)
  }

  /// Whether this memory was filled by `open`.
  public var isOpen: Bool { seal == Model.opened }
}

extension Model {
  /// Checks all bytes of a file and gives a view over them.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, borrowed for as long as the model is used.
  ///   - size: How many there are.
  /// - Returns: The model, ready to score.
  /// - Throws: The first numbered check that does not hold.
  public static func open(_ bytes: UnsafeRawPointer, size: Int) throws(FormatError) -> Model {
    var model = Model(bytes: bytes, size: size)
    let modelSection = try model.checkContainer(size)
    try model.checkModelSection(modelSection)
    try model.checkSchema()
    try model.checkFeatures()
    try model.checkLayers()
    try model.checkWeights()
    try model.checkCalibration()
    try model.checkProvenance()
    try model.checkTypical()
    model.noteScratch()
    return model
  }

  /// Keeps what scoring would else compute for each record.
  @inline(never)
  private mutating func noteScratch() {
    scratch = UInt32(truncatingIfNeeded: scratchBytesNeeded)
    #if PICKET_AVX || PICKET_DISPATCH
      markBytes = UInt32(truncatingIfNeeded: markBytesOfTiles)
    #endif
  }
}
