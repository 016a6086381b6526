import CPicket

#if PICKET_AVX || PICKET_DISPATCH
  import CPicketKernels
#endif

/// An open model: a checked view over bytes that somebody else owns.
///
/// It lives inside the caller's `picket_model`, so it is a plain value of at most 256 bytes. All
/// numbers in it have passed the checks of `export/FORMAT.md`; nothing after `open` checks again.
public struct Model: BitwiseCopyable {
  #if PICKET_AVX || PICKET_DISPATCH
    /// How records are scored in integers from the fields on, or that they are not.
    ///
    /// In front, so that a pointer to the model is one to the plan.
    var plan = picket_plan()
  #endif

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
  /// The first plane of logarithms or of quantiles, or `planeCount`.
  var firstCurve: UInt32 = 0
  /// The plane of quantiles, or `planeCount`.
  var quantilePlane: UInt32 = 0
  var oneHotCount: UInt32 = 0

  /// How long a list of non-zero inputs can get: the most inputs of a layer, or of a window of one.
  var longestList: UInt32 = 0
  /// The largest room of any layer: how many activations there are at once.
  var widest: UInt32 = 0
  /// The sum of all rooms.
  var outputCount: UInt32 = 0
  /// The most inputs of any convolution.
  var largestImage: UInt32 = 0

  /// Whether any layer computes in integers.
  var hasIntegers = false

  #if PICKET_AVX || PICKET_DISPATCH
    /// Bytes for a bit of each number of a vector, or 0 if there are no tiles.
    var markBytes: UInt16 = 0
    /// Exact bytes of scratch, kept because every call of the library asks.
    var scratch: UInt32 = 0
  #endif

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
