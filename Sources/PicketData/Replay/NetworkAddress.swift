import Glibc

/// An IPv4 or IPv6 address in sixteen bytes; IPv4 as ::ffff:a.b.c.d, as the flow has it.
public struct NetworkAddress: Sendable, Hashable {
  /// The bytes, in the order of the network.
  public let bytes: [UInt8]

  private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

  init(
    _ tuple: (
      UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8,
      UInt8, UInt8, UInt8
    )
  ) {
    bytes = withUnsafeBytes(of: tuple) { Array($0) }
  }

  /// Reads what `inet_pton` reads.
  public init?(_ text: String) {
    var found = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET6, text, &found) == 1 {
      bytes = found
    } else if inet_pton(AF_INET, text, &found) == 1 {
      bytes = Self.mapped + found[..<4]
    } else {
      return nil
    }
  }

  /// The address as people write it.
  public var text: String {
    let isIPv4 = bytes.starts(with: Self.mapped)
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    inet_ntop(
      isIPv4 ? AF_INET : AF_INET6, isIPv4 ? Array(bytes[12...]) : bytes, &text,
      socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
