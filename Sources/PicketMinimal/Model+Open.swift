extension Model {
  /// Checks the bytes of a file that this archive reads, and gives a view over them.
  ///
  /// Names and the typical record are not read, so nothing that is said of them is checked: 21, 22,
  /// 24, 27 to 29, 57 and 58. All other checks are those of every archive.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, borrowed for as long as the model is used.
  ///   - size: How many there are.
  /// - Returns: The model, ready to score.
  /// - Throws: The first numbered check that does not hold.
  static func open(_ bytes: UnsafeRawPointer, size: Int) throws(FormatError) -> Model {
    var model = Model(bytes: bytes, size: size)
    let modelSection = try model.checkContainer(size)
    try model.checkModelSection(modelSection)
    try model.checkFields()
    try model.checkFeatures()
    try model.checkLayers()
    try model.checkWeights()
    try model.checkCalibration()
    try model.checkProvenance()
    return model
  }
}
