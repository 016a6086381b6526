/// Goes along one axis of an image, and knows which pixels of the other image belong to each pixel,
/// and by which places of the kernel.
///
/// Divisions are counted out in `advance`: one by a number of a file would carry a trap.
struct PixelWalk {
  /// One pixel of the other image, and the place of the kernel in between.
  struct Tap {
    var place: Int
    var partner: Int
  }

  private let axis: Convolution.Axis
  private let overWide: Bool
  private let partners: Int
  /// What the current pixel begins with, be it within the other image or not.
  private var start: Tap

  /// Begins at the image's first pixel.
  ///
  /// - Parameters:
  ///   - overWide: Whether the walk goes along the wide image.
  ///   - partners: Pixels of the other image.
  @inline(never)
  init(_ axis: Convolution.Axis, overWide: Bool, partners: Int) {
    self.axis = axis
    self.overWide = overWide
    self.partners = partners
    start = Tap(place: 0, partner: 0 &- axis.padding)
    guard overWide else { return }
    start = Tap(place: axis.padding, partner: 0)
    while start.place >= axis.stride {
      start.place &-= axis.stride
      start.partner &+= 1
    }
  }

  /// Goes to the image's next pixel.
  @inline(never)
  mutating func advance() {
    guard overWide else {
      start.partner &+= axis.stride
      return
    }
    start.place &+= 1
    if start.place == axis.stride {
      start.place = 0
      start.partner &+= 1
    }
  }

  /// The first tap of the current pixel, if `isInside` says that there is one.
  var first: Tap {
    // Over a wide image partners go down by one where places go up by a stride.
    let outside = overWide ? start.partner &- partners &+ 1 : 0 &- start.partner
    let skipped = outside > 0 ? outside : 0
    return Tap(
      place: start.place &+ skipped &* (overWide ? axis.stride : 1),
      partner: overWide ? start.partner &- skipped : start.partner &+ skipped)
  }

  @inline(__always)
  func isInside(_ tap: Tap) -> Bool {
    tap.place < axis.kernel && tap.partner >= 0 && tap.partner < partners
  }

  /// How many taps follow one another in both images, from this one on.
  @inline(__always)
  func run(from tap: Tap) -> Int {
    guard !overWide else { return 1 }
    let places = axis.kernel &- tap.place
    let pixels = partners &- tap.partner
    return places < pixels ? places : pixels
  }

  /// The tap behind `run` others.
  @inline(__always)
  func tap(after tap: Tap, run: Int) -> Tap {
    overWide
      ? Tap(place: tap.place &+ axis.stride, partner: tap.partner &- 1)
      : Tap(place: tap.place &+ run, partner: tap.partner &+ run)
  }
}
