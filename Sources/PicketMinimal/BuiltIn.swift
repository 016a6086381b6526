import CPicket

/// What of the format the smallest archive computes, in place of PicketCore's file of this name:
/// dense layers of binary32, or of bytes, linear or with a rectifier, whose output is at some distance.
enum BuiltIn {
  /// Whether a score of the format is computed.
  @inline(__always)
  static func scores(_ kind: Int) -> Bool { kind == PICKET_SCORE_MAHALANOBIS }

  /// Whether inputs are computed by logarithms and tables of quantiles.
  @inline(__always)
  static var curves: Bool { false }
}

extension Layer {
  /// Whether a layer of the format is computed.
  @inline(__always)
  var isBuiltIn: Bool {
    operation == Layer.dense && storedElement == element
      && activation <= Activation.leakyReLU
  }

  // All other layers are refused at open: all that is theirs falls away.

  #if PICKET_BYTES
    /// The element type's number.
    @inline(__always) var element: Int { PICKET_INT8 }
    @inline(__always) static func bytes(ofElement element: Int) -> Int { 1 }
    @inline(__always) var hasScale: Bool { true }
  #else
    /// The element type's number.
    @inline(__always) var element: Int { PICKET_FLOAT32 }
    @inline(__always) static func bytes(ofElement element: Int) -> Int { 4 }
    @inline(__always) var hasScale: Bool { false }
  #endif
  @inline(__always) var isConvolution: Bool { false }
  @inline(__always) var isInteger: Bool { false }
}
