#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// y = x W + b, or max(y, 0), for the records of a tile.
  struct TileLayer {
    /// What the file says of the layer.
    let description: UnsafePointer<UInt32>
    /// The section that its weights are in.
    let section: UnsafePointer<CChar>
    /// Whether outputs are rectified, which leaves their bits too: if the layer's function is that.
    var rectifies: Bool

    @inline(__always)
    init(_ description: UnsafePointer<UInt32>, section: UnsafePointer<CChar>) {
      self.description = description
      self.section = section
      rectifies = description[1].int == Activation.reLU
    }

    @inline(__always) private var element: Int { Int(truncatingIfNeeded: description[2]) }

    @inline(__always) private var clips: Int32 { rectifies ? 1 : 0 }

    /// Whether the layer's function is not the identity.
    @inline(__always) var isCurved: Bool { description[1].int != Activation.linear }

    /// Bytes from one row of weights to the next.
    @inline(__always)
    var rowBytes: Int { description[6].int &* Layer.bytes(ofElement: element) }

    /// Computes the first layer, from what the fields of records became.
    @inline(__always)
    func runFirst(
      _ tile: inout picket_tile, _ features: inout picket_features, _ input: picket_vector,
      _ output: picket_vector
    ) {
      switch element {
      case PICKET_FLOAT16: firstHalves(&tile, &features, input, output)
      #if !PICKET_FLOAT_ONLY
        case PICKET_INT8: firstBytes(&tile, &features, input, output)
      #endif
      default: firstFloats(&tile, &features, input, output)
      }
    }

    /// Computes a layer from vectors.
    @inline(__always)
    func run(_ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector) {
      switch element {
      case PICKET_FLOAT16: halves(&tile, input, output)
      #if !PICKET_FLOAT_ONLY
        case PICKET_INT8: integers(&tile, input, output)
      #endif
      default: floats(&tile, input, output)
      }
    }

    // One function for each type, because the optimizer gives up on a larger one.

    @inline(never)
    private func firstFloats(
      _ tile: inout picket_tile, _ features: inout picket_features, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, &features, input, output, 1, 1)
    }

    @inline(never)
    private func firstHalves(
      _ tile: inout picket_tile, _ features: inout picket_features, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, &features, input, output, 1, 2)
    }

    @inline(never)
    private func firstBytes(
      _ tile: inout picket_tile, _ features: inout picket_features, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, &features, input, output, 1, 3)
    }

    @inline(never)
    private func floats(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, nil, input, output, 0, 1)
    }

    @inline(never)
    private func halves(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, nil, input, output, 0, 2)
    }

    @inline(never)
    private func integers(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, nil, input, output, 0, 3)
    }
  }
#endif
