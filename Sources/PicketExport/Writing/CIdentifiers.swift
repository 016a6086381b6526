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

  /// Whether a text can name an array in C and in C++, beside <picket.h>.
  ///
  /// Names that begin with a low line are the compiler's, those with `picket` the library's.
  static func isValid(_ text: String) -> Bool {
    let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    guard let first = text.first, letters.contains(first) else { return false }
    let lowered = text.lowercased()
    return text.allSatisfy { letters.contains($0) || ("0"..."9").contains($0) || $0 == "_" }
      && !keywords.contains(text) && lowered != "picket" && !lowered.hasPrefix("picket_")
  }

  /// Those of C and C++, up to the standards of 2023; `main`, the macros of GNU C, and the one in NAME.c.
  ///
  /// Those of C11 that begin with a low line are refused for that.
  private static let keywords: Set<String> = [
    "ALIGNED", "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool",
    "break", "case", "catch", "char", "char16_t", "char32_t", "char8_t", "class", "co_await",
    "co_return", "co_yield", "compl", "concept", "const", "const_cast", "consteval", "constexpr",
    "constinit", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast",
    "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
    "inline", "int", "linux", "long", "main", "mutable", "namespace", "new", "noexcept", "not",
    "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register",
    "reinterpret_cast", "requires", "restrict", "return", "short", "signed", "sizeof", "static",
    "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local", "throw",
    "true", "try", "typedef", "typeid", "typename", "typeof", "typeof_unqual", "union", "unix",
    "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
  ]
}
