import PicketText
import Testing

@Suite struct `Text that is not ours is shown on one line` {
  @Test(arguments: [
    ("plain 'text'", "plain 'text'"), ("caf\u{E9} \u{1F600}", "caf\u{E9} \u{1F600}"), ("", ""),
    ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
    ("\u{0}\u{7F}", "\\u{00}\\u{7F}"),
    ("\u{9B}2J", "\\u{9B}2J"), ("\u{202E}txt", "\\u{202E}txt"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
    ("\u{FEFF}1", "\\u{FEFF}1"),
  ])
  func `and steers no terminal`(text: String, shown: String) {
    #expect(text.shown() == shown)
    #expect(shown.shown() == shown)
  }

  @Test func `and cut where it is long, by its own characters`() {
    #expect("abcdef".shown(atMost: 3) == "abc...")
    #expect("abc".shown(atMost: 3) == "abc")
    #expect("\n\n\n\n".shown(atMost: 3) == "\\n\\n\\n...")
    #expect("abcdef"[...].shown(atMost: 0) == "...")
  }

  @Test func `whatever bytes it was`() {
    #expect(String(decoding: [0x1B, 0xFF, 0x41], as: UTF8.self).shown() == "\\u{1B}\u{FFFD}A")
  }
}
