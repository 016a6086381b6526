/// Colours and strokes of pictures, for light and dark screens and for paper.
///
/// The palette is Okabe and Ito's (2008), which colour-blind readers can tell apart; dashes and
/// marks differ as well, so that a print without colours can be read.
public enum PlotStyle {
  /// How many series have a look of their own.
  static let count = 8

  /// The colours as CSS variables.
  static let variables = """
    :root { --paper: #ffffff; --ink: #1a1a1a; --grid: #d0d0d0;
      --series-0: #0072b2; --series-1: #d55e00; --series-2: #009e73; --series-3: #cc79a7;
      --series-4: #b88a00; --series-5: #2a8fc4; --series-6: #1a1a1a; --series-7: #8a8a00; }
    @media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e8e8e8; --grid: #45494f;
      --series-0: #56b4e9; --series-1: #ff8c42; --series-2: #2ec49b; --series-3: #e6a5cb;
      --series-4: #e69f00; --series-5: #8fd0f5; --series-6: #e8e8e8; --series-7: #f0e442; } }
    @media print { :root { --paper: #ffffff; --ink: #000000; --grid: #c8c8c8;
      --series-0: #0072b2; --series-1: #d55e00; --series-2: #009e73; --series-3: #cc79a7;
      --series-4: #b88a00; --series-5: #2a8fc4; --series-6: #000000; --series-7: #8a8a00; } }
    """

  /// How pictures use them.
  static let rules =
    """
    svg.plot { width: 100%; height: auto; background: var(--paper); font-family: system-ui, sans-serif; }
    svg.plot text { fill: var(--ink); font-size: 14px; }
    svg.plot .grid { stroke: var(--grid); stroke-width: 1; }
    svg.plot .axis { stroke: var(--ink); stroke-width: 1.5; }

    """
    + (0..<count).map {
      """
      svg.plot .line-\($0) { fill: none; stroke: var(--series-\($0)); stroke-width: 2.5;\(dash($0)) }
      svg.plot .mark-\($0) { fill: var(--series-\($0)); stroke: none; }

      """
    }.joined()

  private static func dash(_ index: Int) -> String {
    let patterns = ["", "9 4", "3 3", "12 4 3 4", "6 2", "2 5", "14 3", "8 3 2 3 2 3"]
    return patterns[index].isEmpty ? "" : " stroke-dasharray: \(patterns[index]);"
  }
}
