extension Plot {
  private static let (width, height) = (720.0, 440.0)
  private static let (left, right, top, bottom) = (88.0, 32.0, 44.0, 60.0)
  private static let legendRow = 20.0

  /// The picture as an SVG element, whose colours the page's style gives.
  public var svg: String {
    let legend = Self.legendRow * Double((series.count + 1) / 2)
    let height = Self.height + legend
    let box = Box(
      x: PlotScale(series.flatMap { $0.points.map(\.x) }, isLogarithmic: x.isLogarithmic),
      y: PlotScale(series.flatMap { $0.points.map(\.y) }, isLogarithmic: y.isLogarithmic),
      left: Self.left, right: Self.width - Self.right, top: Self.top + legend,
      bottom: height - Self.bottom)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" \
      viewBox="0 0 \(Self.number(Self.width)) \(Self.number(height))">
      <title>\(HTMLPage.escaped(title))</title>
      <desc>\(HTMLPage.escaped(caption))</desc>

      """
    svg += text(title, Self.left, 22, weight: "bold")
    for (index, one) in series.enumerated() { svg += key(one, index) }
    svg += axes(box)
    for (index, one) in series.enumerated() { svg += draw(one, index, box) }
    return svg + "</svg>"
  }

  private struct Box {
    let x: PlotScale
    let y: PlotScale
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    func point(_ point: (x: Double, y: Double)) -> (x: Double, y: Double)? {
      guard let across = x.place(point.x), let up = y.place(point.y) else { return nil }
      return (left + across * (right - left), bottom - up * (bottom - top))
    }
  }

  private func key(_ series: Series, _ index: Int) -> String {
    let column = Double(index % 2) * (Self.width - Self.left - Self.right) / 2
    let (x, y) = (Self.left + column, Self.top + Self.legendRow * Double(index / 2))
    var svg = ""
    switch series.style {
    case .points: svg += mark(index, x + 14, y)
    case .line: svg += line(index, x, y, x + 28, y) + mark(index, x + 14, y)
    case .curve, .steps: svg += line(index, x, y, x + 28, y)
    }
    return svg + text(series.name, x + 36, y + 5)
  }

  private func axes(_ box: Box) -> String {
    var svg = ""
    for tick in box.y.ticks {
      let y = box.bottom - box.y.place(ofTick: tick.value) * (box.bottom - box.top)
      svg += rule("grid", box.left, y, box.right, y)
      svg += text(tick.text, box.left - 8, y + 5, anchor: "end")
    }
    for tick in box.x.ticks {
      let x = box.left + box.x.place(ofTick: tick.value) * (box.right - box.left)
      svg += rule("axis", x, box.bottom, x, box.bottom + 5)
      svg += text(tick.text, x, box.bottom + 21, anchor: "middle")
    }
    svg += rule("axis", box.left, box.bottom, box.right, box.bottom)
    svg += rule("axis", box.left, box.top, box.left, box.bottom)
    svg += text(x.label, (box.left + box.right) / 2, box.bottom + 45, anchor: "middle")
    let middle = (box.top + box.bottom) / 2
    return svg + "<text transform=\"translate(16 \(Self.number(middle))) rotate(-90)\" "
      + "text-anchor=\"middle\">\(HTMLPage.escaped(y.label))</text>\n"
  }

  private func draw(_ series: Series, _ index: Int, _ box: Box) -> String {
    var places = series.points
    if series.style == .steps {
      places = zip(places, places.dropFirst()).flatMap { [$0, (x: $1.x, y: $0.y)] }
    }
    let points = places.compactMap(box.point)
    var svg = ""
    if series.style != .points {
      let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
      svg += "<polyline class=\"line-\(index)\" points=\"\(list.joined(separator: " "))\"/>\n"
    }
    if series.style == .points || series.style == .line {
      svg += points.map { mark(index, $0.x, $0.y) }.joined()
    }
    return svg
  }

  /// A disc, a square, a triangle or a diamond: four shapes for eight colours.
  private func mark(_ index: Int, _ x: Double, _ y: Double) -> String {
    let r = series[index].style == .points ? 2.8 : 4.5
    let corners: [(Double, Double)]
    switch index % 4 {
    case 0:
      return "<circle class=\"mark-\(index)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
        + "r=\"\(Self.number(r))\"/>\n"
    case 1: corners = [(-r, -r), (r, -r), (r, r), (-r, r)]
    case 2: corners = [(0, -r * 1.3), (r * 1.2, r), (-r * 1.2, r)]
    default: corners = [(0, -r * 1.4), (r * 1.4, 0), (0, r * 1.4), (-r * 1.4, 0)]
    }
    let list = corners.map { "\(Self.number(x + $0.0)),\(Self.number(y + $0.1))" }
    return "<polygon class=\"mark-\(index)\" points=\"\(list.joined(separator: " "))\"/>\n"
  }

  private func line(
    _ index: Int, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> String { rule("line-\(index)", x1, y1, x2, y2) }

  private func rule(
    _ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> String {
    "<line class=\"\(name)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" "
      + "x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>\n"
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start", weight: String = "normal"
  ) -> String {
    "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\" "
      + "font-weight=\"\(weight)\">\(HTMLPage.escaped(text))</text>\n"
  }

  private static func number(_ value: Double) -> String { NumberText.significant(value, 5) }
}
