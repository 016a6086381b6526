import Foundation

/// Numbers as people read them, the same in every locale.
public enum NumberText {
  /// A number with a fixed number of decimals; `-` when it is not a number.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isFinite ? String(format: "%.\(decimals)f", value) : "-"
  }

  /// A number with so many significant digits, in powers of ten when it is far from one.
  public static func significant(_ value: Double, _ digits: Int = 4) -> String {
    value.isFinite ? String(format: "%.\(digits)g", value) : "-"
  }

  /// A whole number with a comma between groups of three digits.
  public static func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(value.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }

  /// A share as a percentage.
  public static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    share.isFinite ? fixed(share * 100, decimals) + " %" : "-"
  }

  /// A share as a percentage of so many digits that tell: `26 %`, `9.4 %`, `0.31 %`, `0.0062 %`.
  public static func percent(_ share: Double, significant digits: Int) -> String {
    guard share.isFinite else { return "-" }
    // Rounded first: 9.96 has a digit more before the point than it seems.
    let value = Double(String(format: "%.\(digits - 1)e", share * 100)) ?? share * 100
    if value == 0 { return "0 %" }
    if abs(value) < 1e-4 { return "under 0.0001 %" }
    return fixed(value, max(digits - 1 - Int(log10(abs(value)).rounded(.down)), 0)) + " %"
  }

  /// A duration: `0.42 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "-" }
    if seconds < 9.995 { return fixed(seconds, 2) + " s" }
    if seconds < 59.95 { return fixed(seconds, 1) + " s" }
    // Beyond this many hours nobody waits, and the number must still fit.
    let whole = Int(min(seconds.rounded(), 1e9))
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
  }

  /// A size: `512 B`, `102.1 KiB`, `1.5 MiB`.
  public static func bytes(_ count: Int) -> String {
    if count < 1024 { return "\(count) B" }
    if count < 1024 * 1024 { return fixed(Double(count) / 1024, 1) + " KiB" }
    return fixed(Double(count) / 1024 / 1024, 1) + " MiB"
  }

  /// A large number in words, to three digits: `13.3 billion`, `310 thousand`, `12`.
  public static func inWords(_ value: Double) -> String {
    for (factor, word) in [
      (1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"),
    ] where value >= factor {
      return significant(value / factor, 3) + " " + word
    }
    return significant(value, 3)
  }

  /// A word with its count: `1 row`, `2 rows`.
  public static func count(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
    grouped(value) + " " + (value == 1 ? singular : plural ?? singular + "s")
  }
}
