#if PICKET_AVX
  import CPicketKernels

  /// y = x W + b for the records of a tile, rectified if the layer is so.
  ///
  /// One function for each type, because the optimizer gives up on a larger one.
  enum TileLayer {
    @inline(never)
    static func firstFloats(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ features: inout picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, &features, input, output, 1)
    }

    @inline(never)
    static func firstHalves(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ features: inout picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, &features, input, output, 2)
    }

    @inline(never)
    static func firstBytes(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ features: inout picket_features,
      _ input: picket_vector, _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, &features, input, output, 3)
    }

    @inline(never)
    static func floats(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, nil, input, output, 1)
    }

    @inline(never)
    static func halves(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, nil, input, output, 2)
    }

    @inline(never)
    static func integers(
      _ layer: inout picket_layer, _ tile: inout picket_tile, _ input: picket_vector,
      _ output: picket_vector
    ) {
      picket_tile_layer(&layer, &tile, nil, input, output, 3)
    }
  }
#endif
