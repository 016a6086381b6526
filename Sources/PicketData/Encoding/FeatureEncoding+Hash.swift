extension FeatureEncoding {
  /// The canonical text of what the fields mean, one line of UTF-8 each.
  ///
  /// The first line is `picket-features 1`. Then, in order, for each field:
  /// - numeric: `numeric NAME affine`
  /// - symbolic: `symbolic NAME one-hot COUNT`, followed by COUNT lines `category NAME`
  ///
  /// A NAME is written as its length in bytes, a colon and the bytes, so that no name can be
  /// taken for something else. Every line ends with a line feed. Ranges and scaling constants are
  /// left out: two models fitted to different rows of the same kind mean the same fields.
  public var canonicalText: String {
    func counted(_ name: String) -> String { "\(name.utf8.count):\(name)" }
    var text = "picket-features 1\n"
    for field in fields {
      switch field {
      case .numeric(let numeric):
        text += "numeric \(counted(numeric.name)) affine\n"
      case .symbolic(let symbolic):
        text += "symbolic \(counted(symbolic.name)) one-hot \(symbolic.categories.count)\n"
        for category in symbolic.categories { text += "category \(counted(category))\n" }
      }
    }
    return text
  }

  /// The feature hash: FNV-1a, 64 bits, of the flow's specification, or else of `canonicalText`.
  public var featureHash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in (specification ?? canonicalText).utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash
  }
}
