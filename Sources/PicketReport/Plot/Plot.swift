/// A picture of some series over two axes.
public struct Plot: Sendable {
  /// One axis.
  public struct Axis: Sendable {
    /// What it measures, with its unit.
    public let label: String
    /// Whether equal distances are equal factors.
    public let isLogarithmic: Bool

    /// Describes an axis.
    public init(_ label: String, isLogarithmic: Bool = false) {
      self.label = label
      self.isLogarithmic = isLogarithmic
    }
  }

  /// How a series is drawn.
  public enum Style: Sendable {
    /// Points joined by a line, each with its mark.
    case line
    /// A line alone, for many points.
    case curve
    /// Marks alone.
    case points
    /// The outline of a histogram, whose x are the left ends of its bins.
    case steps
  }

  /// One series.
  public struct Series: Sendable {
    /// What the legend calls it.
    public let name: String
    /// Positions, in order.
    public let points: [(x: Double, y: Double)]
    /// How it is drawn.
    public let style: Style

    /// Points that are not finite are left out: no picture can show them.
    public init(_ name: String, x: [Double], y: [Double], style: Style) {
      self.name = name
      points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }.map { (x: $0.0, y: $0.1) }
      self.style = style
    }
  }

  /// What the picture is called.
  public let title: String
  /// What stands under it, and what a screen reader says.
  public let caption: String
  /// The horizontal axis.
  public let x: Axis
  /// The vertical axis.
  public let y: Axis
  /// What is drawn, at most eight.
  public let series: [Series]

  /// Describes a picture; series without points are left out.
  public init(title: String, caption: String, x: Axis, y: Axis, series: [Series]) {
    self.title = title
    self.caption = caption
    self.x = x
    self.y = y
    self.series = Array(series.filter { !$0.points.isEmpty }.prefix(PlotStyle.count))
  }
}
