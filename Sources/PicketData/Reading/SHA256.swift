import CCrypto

/// The SHA-256 digest of some bytes, as 64 lower-case hexadecimal digits.
func sha256Hex(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
  _ = SHA256(bytes.baseAddress, bytes.count, &digest)
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(2 * digest.count)
  for byte in digest {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
