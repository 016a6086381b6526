import PicketCore
import Testing

/// The parser's answer for a text, nil where it refuses.
private func parse(_ text: String) -> Float? {
  var value: Float = 0
  let bytes = Array(text.utf8)
  let isNumber = bytes.withUnsafeBufferPointer { buffer -> Bool in
    guard let base = buffer.baseAddress else { return parseDecimal([0], 0, &value) }
    return parseDecimal(base, buffer.count, &value)
  }
  return isNumber ? value : nil
}

/// SplitMix64: the tests' own numbers.
private struct Numbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }
}

@Suite struct DecimalParserTests {
  @Test(arguments: [
    "", "+", "-", ".", "-.", "e5", ".e5", "1e", "1e+", "1e-", "nan", "NaN", "-nan", "inf",
    "Infinity", "-inf", "0x10", "0x1p3", " 1", "1 ", "1\n", "1,5", "1_000", "1.2.3", "--1", "+-1",
    "1e5.", "1e1e1", "3.5e38", "1e39", "-1e39", "1e999999999999999999999",
    "9999999999999999999999999999999999999999", "one", "\u{0661}", "1\0",
  ])
  func `what is not one finite number is refused`(text: String) {
    #expect(parse(text) == nil)
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", -0.0), ("00012", 12), ("+7", 7), ("5.", 5), (".5", 0.5), ("-.25", -0.25),
      ("1E3", 1000), ("1e+3", 1000), ("25e-2", 0.25), ("0e999999999", 0), ("1e-400", 0),
      ("0.00", 0), ("1379963888", 1_379_963_888), ("3.4028235e38", 3.4028235e38),
      ("340282346638528859811704183484516925440", 3.4028235e38),
      ("0.0000000000000000000000000000000000000000000014", 1e-45),
    ] as [(String, Float)])
  func `a number has the expected value`(text: String, expected: Float) {
    #expect(parse(text)?.bitPattern == expected.bitPattern)
  }

  @Test func `a refused text leaves the value untouched`() {
    var value: Float = 42
    #expect(!parseDecimal(Array("1e99".utf8), 4, &value))
    #expect(!parseDecimal(Array("1".utf8), -1, &value))
    #expect(value == 42)
  }

  /// Halfway cases, whose rounding in two steps through double goes wrong.
  @Test(arguments: [
    "16777217", "16777219", "16777217.0000000000", "1.00000005960464477539", "33554434.1",
    "1.000000059604645", "1.0000000596046447", "9007199791611905e0", "9007198717870081",
    "7.038531e-26", "0.1e-7", "8388608.5", "8388609.5", "8388609.500000001", "8388608.499999999",
    "1.1754944e-38", "4.7019774e-38", "9007199254740991e22", "9007199254740993e-22",
  ])
  func `a hard text gives the float that the standard library gives`(text: String) {
    #expect(parse(text)?.bitPattern == Float(text)?.bitPattern)
  }

  @Test(arguments: 0..<8)
  func `texts within the exact range give the nearest float`(seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    for _ in 0..<50_000 {
      let isWide = numbers.below(2) == 0
      let digits = numbers.below(isWide ? 10_000_000_000_000_000_000 : 1 << 53) >> numbers.below(53)
      let exponent = Int(numbers.below(isWide ? 23 : 45)) - 22
      let text = "\(digits)e\(exponent)"
      #expect(parse(text)?.bitPattern == Float(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: 0..<4)
  func `texts beside the middle of two floats give the nearest float`(seed: Int) {
    var numbers = Numbers(state: UInt64(seed) << 32)
    for _ in 0..<50_000 {
      // A float's 24 bits, one more half, and a few decimals that tip it either way.
      let whole = 1 << 23 + numbers.below(1 << 23)
      let tail = ["5", "500000001", "499999999", "5000000000", "49999999999", "50000000001"]
      let text = "\(whole).\(tail[Int(numbers.below(6))])"
      #expect(parse(text)?.bitPattern == Float(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: 0..<4)
  func `any decimal text is within one unit in the last place`(seed: Int) {
    var numbers = Numbers(state: UInt64(seed) &+ 77)
    for _ in 0..<50_000 {
      var text = numbers.below(2) == 0 ? "-" : ""
      for _ in 0...numbers.below(25) { text += "\(numbers.below(10))" }
      if numbers.below(2) == 0 {
        text += "."
        for _ in 0..<numbers.below(25) { text += "\(numbers.below(10))" }
      }
      if numbers.below(2) == 0 { text += "e\(Int(numbers.below(80)) - 45)" }
      guard let expected = Float(text), expected.isFinite else {
        #expect(parse(text) == nil, "\(text)")
        continue
      }
      guard let value = parse(text) else {
        Issue.record("refused \(text)")
        continue
      }
      #expect(abs(value - expected) <= expected.ulp, "\(text)")
    }
  }
}
