import Glibc

/// A time of the daemon's, which counts nanoseconds since 1970 and writes them as
/// `2026-11-21T09:45:07.543432781Z`.
public struct RecordTime: Sendable, Equatable {
  /// Nanoseconds since 1970, without leap seconds.
  public var nanoseconds: UInt64

  /// What a time looks like, for messages.
  public static let form = "a time until 2554 such as '2026-11-21T09:45:07.543432781Z'"

  /// A time that is known as a number.
  public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// Reads a time; the fraction may have one to nine digits, or be missing.
  ///
  /// Nil for what is no time, and for one that 64 bits of nanoseconds do not reach.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
    func number(_ range: Range<Int>) -> Int32? {
      let digits = bytes[range]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int32(String(decoding: digits, as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == UInt8(ascii: "T"), bytes[13] == 0x3A,
      bytes[16] == 0x3A, year >= 1970
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
    let seconds = timegm(&parts)
    // What does not come back as it was, the 31st of June say, is no date.
    guard parts.tm_mon == month - 1, parts.tm_mday == day, parts.tm_hour == hour,
      parts.tm_min == minute, parts.tm_sec == second
    else { return nil }
    let fraction = bytes[19..<bytes.count - 1]
    guard fraction.isEmpty || (2...10).contains(fraction.count) && fraction.first == 0x2E,
      let part = fraction.isEmpty ? 0 : number(20..<bytes.count - 1)
    else { return nil }
    var nanoseconds = UInt64(part)
    for _ in max(0, fraction.count - 1)..<9 { nanoseconds *= 10 }
    // The count ends in the year 2554.
    let whole = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let sum = whole.partialValue.addingReportingOverflow(nanoseconds)
    guard !whole.overflow, !sum.overflow else { return nil }
    self.nanoseconds = sum.partialValue
  }

  /// The time as the daemon writes it.
  public var text: String {
    var seconds = time_t(nanoseconds / 1_000_000_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let time = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)]
    return date.map { padded($0, 2) }.joined(separator: "-") + "T"
      + time.map { padded($0, 2) }.joined(separator: ":") + "."
      + padded(Int(nanoseconds % 1_000_000_000), 9) + "Z"
  }
}
