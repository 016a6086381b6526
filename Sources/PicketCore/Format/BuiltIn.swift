import CPicket

/// What of the format this library computes; the smallest archive has a file of its own in place of
/// this one.
///
/// What is not built in is refused at open, so that all that is its own falls away.
enum BuiltIn {
  /// Whether a score of the format is computed.
  @inline(__always)
  static func scores(_ kind: Int) -> Bool { true }

  /// Whether inputs are computed by logarithms and tables of quantiles.
  @inline(__always)
  static var curves: Bool { true }
}

extension Layer {
  /// Whether a layer of the format is computed.
  @inline(__always)
  var isBuiltIn: Bool {
    #if PICKET_DENSE_ONLY
      guard operation == Layer.dense else { return false }
    #endif
    #if PICKET_FLOAT_ONLY
      guard storedElement <= PICKET_FLOAT16 else { return false }
    #endif
    return true
  }

  /// The element type's number.
  public var element: Int { storedElement }

  @inline(__always)
  static func bytes(ofElement element: Int) -> Int {
    element == PICKET_FLOAT32 ? 4 : (element == PICKET_FLOAT16 ? 2 : 1)
  }

  #if PICKET_DENSE_ONLY
    @inline(__always) var isConvolution: Bool { false }
  #else
    /// Whether weights are those of a kernel that goes over an image.
    @inline(__always) var isConvolution: Bool { operation != Layer.dense }
  #endif

  #if PICKET_FLOAT_ONLY
    @inline(__always) var isInteger: Bool { false }
    @inline(__always) var hasScale: Bool { false }
  #else
    /// Whether sums are exact integers.
    @inline(__always) var isInteger: Bool { element == PICKET_INT8_INTEGER }

    /// Whether there is a number for each output behind the bias.
    @inline(__always) var hasScale: Bool { element >= PICKET_INT8 }
  #endif
}
