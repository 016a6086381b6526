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
    try model.checkFields()
    try model.checkNames()
    try model.checkFeatures()
    try model.checkLayers()
    try model.checkWeights()
    try model.checkCalibration()
    try model.checkProvenance()
    try model.checkTypical()
    #if PICKET_AVX || PICKET_DISPATCH
      model.noteScratch()
      model.makePlan()
    #endif
    return model
  }

  #if PICKET_AVX || PICKET_DISPATCH
    /// Keeps what scoring would else compute for each record.
    @inline(never)
    private mutating func noteScratch() {
      scratch = UInt32(truncatingIfNeeded: scratchBytesNeeded)
      markBytes = UInt16(truncatingIfNeeded: markBytesOfTiles)
    }
  #endif
}
