/// The nineteen KDD columns computed over the connections before one, itself included.
///
/// The first nine look at connections of the last two seconds, the others at the last 255. *Host*
/// is the destination address, *service* the protocol and port. A rate is a share of the
/// connections counted, in 0 ... 1; written, it has two decimals.
public struct WindowColumns: Sendable, Equatable {
  /// Connections of the last two seconds to the same host.
  public var count = 0
  /// Connections of the last two seconds to the same service.
  public var srvCount = 0
  /// Of `count`, those with a SYN error.
  public var serrorRate: Float = 0
  /// Of `srvCount`, those with a SYN error.
  public var srvSerrorRate: Float = 0
  /// Of `count`, those with a rejection error.
  public var rerrorRate: Float = 0
  /// Of `srvCount`, those with a rejection error.
  public var srvRerrorRate: Float = 0
  /// Of `count`, those to the same service.
  public var sameSrvRate: Float = 0
  /// Distinct services for each of `count`; 0 if there is only one.
  public var diffSrvRate: Float = 0
  /// Distinct hosts for each of `srvCount`; 0 if there is only one.
  public var srvDiffHostRate: Float = 0
  /// Connections of the last 255 to the same host.
  public var dstHostCount = 0
  /// Connections of the last 255 to the same service.
  public var dstHostSrvCount = 0
  /// Of `dstHostCount`, those to the same service.
  public var dstHostSameSrvRate: Float = 0
  /// Distinct services for each of `dstHostCount`; 0 if there is only one.
  public var dstHostDiffSrvRate: Float = 0
  /// Of `dstHostCount`, those from the same source port.
  public var dstHostSameSrcPortRate: Float = 0
  /// Distinct hosts for each of `dstHostSrvCount`; 0 if there is only one.
  public var dstHostSrvDiffHostRate: Float = 0
  /// Of `dstHostCount`, those with a SYN error.
  public var dstHostSerrorRate: Float = 0
  /// Of `dstHostSrvCount`, those with a SYN error.
  public var dstHostSrvSerrorRate: Float = 0
  /// Of `dstHostCount`, those with a rejection error.
  public var dstHostRerrorRate: Float = 0
  /// Of `dstHostSrvCount`, those with a rejection error.
  public var dstHostSrvRerrorRate: Float = 0

  /// Columns of zeros.
  public init() {}

  /// A rate in hundredths, as C's `%.2f` rounds it.
  ///
  /// The product is exact in double: a float's 24 bits and 7 more.
  public static func hundredths(_ rate: Float) -> Int {
    Int((Double(rate) * 100).rounded(.toNearestOrEven))
  }
}
