/// Names of C macros and constants, each given out once.
struct CIdentifiers {
  private var taken: Set<String> = []

  /// Makes an identifier of words.
  ///
  /// Letters become capitals, and every byte that is neither a letter nor a digit a low line; what
  /// is taken already gets the smallest number from 2 on behind it that makes it new.
  mutating func claim(_ words: String...) -> String {
    let wanted = words.map { word in
      String(
        decoding: word.utf8.map { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
          case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
          default: UInt8(ascii: "_")
          }
        }, as: UTF8.self)
    }.joined(separator: "_")
    var name = wanted
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  /// Whether a text is an identifier of C and no keyword.
  static func isValid(_ text: String) -> Bool {
    let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
    guard let first = text.first, letters.contains(first) else { return false }
    return text.allSatisfy { letters.contains($0) || ("0"..."9").contains($0) }
      && !keywords.contains(text)
  }

  private static let keywords: Set<String> = [
    "auto", "bool", "break", "case", "char", "class", "const", "continue", "default", "do",
    "double", "else", "enum", "extern", "false", "float", "for", "goto", "if", "inline", "int",
    "long", "main", "namespace", "new", "register", "restrict", "return", "short", "signed",
    "sizeof", "static", "struct", "switch", "template", "this", "true", "typedef", "union",
    "unsigned", "void", "volatile", "while",
  ]
}
