import PicketReport
import Testing

struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (22_544, "22,544"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `whole numbers are grouped by three`(_ value: Int, _ text: String) {
    #expect(NumberText.grouped(value) == text)
  }

  @Test(arguments: [
    (0.0, "0.00 s"), (0.417, "0.42 s"), (9.994, "9.99 s"), (9.996, "10.0 s"), (59.9, "59.9 s"),
    (59.96, "1 min 00 s"), (245, "4 min 05 s"), (3599.6, "1 h 00 min"), (7380, "2 h 03 min"),
    (-1, "-"), (.infinity, "-"), (.nan, "-"),
  ])
  func `durations are as long as they need to be`(_ seconds: Double, _ text: String) {
    #expect(NumberText.duration(seconds) == text)
  }

  @Test func `a time that nobody can wait for is still a text`() {
    #expect(NumberText.duration(1e300) == "277777 h 46 min")
  }

  @Test(arguments: [(13.3e9, "13.3 billion"), (310_400, "310 thousand"), (12, "12"), (0, "0")])
  func `large numbers are told in words`(_ value: Double, _ text: String) {
    #expect(NumberText.inWords(value) == text)
  }

  @Test func `numbers that are none are dashes`() {
    #expect(NumberText.fixed(.nan, 3) == "-")
    #expect(NumberText.percent(.infinity) == "-")
    #expect(NumberText.significant(-.infinity) == "-")
  }

  @Test(arguments: [
    (0, "0 %"), (0.261783, "26 %"), (0.0996, "10 %"), (0.094, "9.4 %"), (0.00309, "0.31 %"),
    (0.01, "1.0 %"), (0.000_000_62, "under 0.0001 %"), (0.000_062, "0.0062 %"), (12.3, "1200 %"),
    (.nan, "-"),
  ])
  func `shares of every size have as many digits as tell`(_ share: Double, _ text: String) {
    #expect(NumberText.percent(share, significant: 2) == text)
  }

  @Test func `sizes, shares and counts have their units`() {
    #expect(NumberText.bytes(1023) == "1023 B")
    #expect(NumberText.bytes(109_952) == "107.4 KiB")
    #expect(NumberText.bytes(3 << 20) == "3.0 MiB")
    #expect(NumberText.percent(0.01234) == "1.23 %")
    #expect(NumberText.count(1, "row") == "1 row")
    #expect(NumberText.count(2000, "row") == "2,000 rows")
  }
}
