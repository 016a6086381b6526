import Foundation
import FoundationXML
import PicketReport
import Testing

@Suite struct PlotTests {
  private func plot(x: [Double], y: [Double], isLogarithmic: Bool = false) -> Plot {
    Plot(
      title: "a < b & \"c\"", caption: "caption", x: .init("x, s", isLogarithmic: isLogarithmic),
      y: .init("y"),
      series: [
        .init("line", x: x, y: y, style: .line), .init("steps", x: x, y: y, style: .steps),
        .init("points", x: x, y: y, style: .points), .init("curve", x: x, y: y, style: .curve),
      ])
  }

  @Test(
    arguments: [
      [1, 2, 3], [0, 0, 0], [-1e300, 0, 1e300], [1e-12, 1e-6, 1], [5, 5.000_000_000_1, 5],
      [.nan, 1, .infinity], [],
    ] as [[Double]], [false, true])
  func `a picture of any numbers is well-formed and names no place outside the numbers`(
    _ values: [Double], _ isLogarithmic: Bool
  ) {
    let svg = plot(x: values, y: values, isLogarithmic: isLogarithmic).svg
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse(), "\(svg)")
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    #expect(svg.contains("<title>a &lt; b &amp; &quot;c&quot;</title>"))
  }

  @Test func `the lowest tick of a logarithmic axis is a power of ten, not zero`() {
    let svg = plot(x: [2e-10, 0.5], y: [1, 2], isLogarithmic: true).svg
    #expect(svg.contains(">1e-10</text>"))
  }

  @Test(arguments: [([0.21, 0.42], ["0.25", "0.4"]), ([0.06, 0.19], ["0.1", "0.15"])])
  func `a logarithmic axis of less than a factor of ten has ticks`(
    _ values: [Double], _ ticks: [String]
  ) {
    let svg = plot(x: values, y: [1, 2], isLogarithmic: true).svg
    for tick in ticks { #expect(svg.contains(">\(tick)</text>"), "\(svg)") }
  }

  @Test func `a point lies where its axes say`() {
    // The axes run from 0 to 10 and the frame from 88 to 688 across: 5 is half-way.
    let plot = Plot(
      title: "t", caption: "c", x: .init("x"), y: .init("y"),
      series: [.init("s", x: [0, 5, 10], y: [0, 5, 10], style: .points)])
    #expect(plot.svg.contains("cx=\"388\""))
  }
}
