/// The bytes that some programs begin a text in UTF-8 with.
public enum ByteOrderMark {
  /// How many bytes of a text it takes: 0 if there is none.
  public static func length(in text: some Sequence<UInt8>) -> Int {
    text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
