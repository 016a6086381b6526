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
      rectifies = false
      rectifies = isRectifier
    }

    /// Whether the layer's function is that of rectifiers.
    @inline(__always) var isRectifier: Bool { description[1].int == Activation.reLU }

    @inline(__always) private var element: Int { Int(truncatingIfNeeded: description[2]) }

    @inline(__always) private var clips: Int32 { rectifies ? 1 : 0 }

    /// Whether the layer's function is not the identity.
    @inline(__always) var isCurved: Bool { description[1].int != Activation.linear }

    /// How many outputs it has, with those that fill up the last vector.
    @inline(__always) var stride: Int { description[6].int }

    /// Computes the layer from vectors.
    ///
    /// - Parameters:
    ///   - input: Where a record's memory has what is read.
    ///   - output: Where it receives the layer's outputs.
    @inline(__always)
    func run(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
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
    @_optimize(speed)
    private func floats(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, input, output, 1)
    }

    @inline(never)
    @_optimize(speed)
    private func halves(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, input, output, 2)
    }

    @inline(never)
    @_optimize(speed)
    private func integers(
      _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(description, section, clips, &tile, input, output, 3)
    }
  }
#endif
