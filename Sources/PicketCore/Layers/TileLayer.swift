#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// y = x W + b for the records of a tile, rectified if the layer is so.
  ///
  /// One function for each type, because the optimizer gives up on a larger one.
  enum TileLayer {
    /// Computes the first layer, from what a record's fields became.
    @inline(__always)
    static func runFirst(
      _ layer: picket_layer, _ tile: picket_tile, _ features: picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      switch Int(layer.element) {
      case PICKET_FLOAT16: firstHalves(layer, tile, features, input, output)
      #if !PICKET_FLOAT_ONLY
        case PICKET_INT8: firstBytes(layer, tile, features, input, output)
      #endif
      default: firstFloats(layer, tile, features, input, output)
      }
    }

    /// Computes a layer from a vector.
    @inline(__always)
    static func run(
      _ layer: picket_layer, _ tile: picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      switch Int(layer.element) {
      case PICKET_FLOAT16: halves(layer, tile, input, output)
      #if !PICKET_FLOAT_ONLY
        case PICKET_INT8: integers(layer, tile, input, output)
      #endif
      default: floats(layer, tile, input, output)
      }
    }

    @inline(never)
    private static func firstFloats(
      _ layer: picket_layer, _ tile: picket_tile, _ features: picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, features, 1, input, output, 1)
    }

    @inline(never)
    private static func firstHalves(
      _ layer: picket_layer, _ tile: picket_tile, _ features: picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, features, 1, input, output, 2)
    }

    @inline(never)
    private static func firstBytes(
      _ layer: picket_layer, _ tile: picket_tile, _ features: picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, features, 1, input, output, 3)
    }

    @inline(never)
    private static func floats(
      _ layer: picket_layer, _ tile: picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, picket_features(), 0, input, output, 1)
    }

    @inline(never)
    private static func halves(
      _ layer: picket_layer, _ tile: picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, picket_features(), 0, input, output, 2)
    }

    @inline(never)
    private static func integers(
      _ layer: picket_layer, _ tile: picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(layer, tile, picket_features(), 0, input, output, 3)
    }
  }
#endif
