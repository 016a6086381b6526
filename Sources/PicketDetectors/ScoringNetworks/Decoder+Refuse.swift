extension Decoder {
  /// Throws where a fault was found in what has been read; the error knows the place.
  func refuse(_ fault: String?) throws(DecodingError) {
    guard let fault else { return }
    throw .dataCorrupted(.init(codingPath: codingPath, debugDescription: fault))
  }
}
