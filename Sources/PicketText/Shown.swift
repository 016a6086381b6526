extension StringProtocol {
  /// The text as a message or a table shows it: on one line, and without what would steer a terminal.
  ///
  /// Control and format characters and line ends become `\n`, `\u{1B}` and the like; all else stays, a
  /// backslash too, so that what was shown once can be shown again.
  ///
  /// - Parameter limit: The most characters (scalars); three points stand for the rest.
  public func shown(atMost limit: Int = .max) -> String {
    var text = ""
    for (index, scalar) in unicodeScalars.enumerated() {
      if index == limit { return text + "..." }
      if scalar.isShown { text.unicodeScalars.append(scalar) } else { text += scalar.escape }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isShown: Bool {
    if value < 0x7F { return value >= 0x20 }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return true
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(value, radix: 16, uppercase: true)
      return "\\u{" + (digits.count < 2 ? "0" : "") + digits + "}"
    }
  }
}
