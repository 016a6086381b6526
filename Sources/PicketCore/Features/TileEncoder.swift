#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Turns records into the inputs of the first layer, in the lanes of their fields.
  extension Model {
    /// The section *features*, as the kernels take it.
    @inline(__always)
    var features16: picket_features {
      picket_features(
        minimums: numbers(minimums), maximums: numbers(maximums),
        planes: words(maximums &+ lanes &* 4), categories: words(oneHot(0)),
        plane_count: planeCount.int, min_max_count: minMaxCount.int,
        category_count: oneHotCount.int, fields: fieldCount.int, lanes: lanes)
    }

    @inline(__always)
    private func numbers(_ offset: Int) -> UnsafePointer<Float> {
      (bytes + offset).assumingMemoryBound(to: Float.self)
    }

    @inline(__always)
    private func words(_ offset: Int) -> UnsafePointer<UInt32> {
      (bytes + offset).assumingMemoryBound(to: UInt32.self)
    }

    /// Checks and encodes records until one is refused.
    ///
    /// - Parameters:
    ///   - stride: Floats from one record to the next.
    ///   - count: How many records there are.
    ///   - rowBytes: Bytes from one row of the first layer's weights to the next; 1 if inputs are
    ///     first written to their places.
    ///   - tile: Receives how many were encoded.
    /// - Returns: `PICKET_OK`, or why the next record is refused.
    @inline(__always)
    func encode(
      _ records: UnsafePointer<Float>, stride: Int, count: Int, rowBytes: Int,
      _ features: picket_features, _ layout: TileLayout, _ tile: inout picket_tile
    ) -> Int {
      let place = firstInput(layout)
      while tile.count < count {
        let record = records + tile.count &* stride
        let memory = UnsafeMutableRawPointer(tile.memory) + tile.count &* layout.bytes
        let values = (memory + place.values).assumingMemoryBound(to: Float.self)
        let words = (memory + place.words).assumingMemoryBound(to: UInt64.self)
        let rows = (memory + layout.categories).assumingMemoryBound(to: UInt32.self)
        var flags: UInt32 = 0
        if picket_encode_record(
          features, record, UInt32(truncatingIfNeeded: rowBytes), values, words, rows) != 0
        {
          let refusal = explain(record, &flags)
          guard refusal == PICKET_OK else { return refusal }
        }
        memory.storeBytes(of: flags, toByteOffset: layout.flags, as: UInt32.self)
        if decoderCount != 0 {
          memory.clear(count: inputCount.int)
          let inputs = memory.assumingMemoryBound(to: Float.self)
          picket_scatter(features, rows, values, words, inputs)
          picket_mark(inputs, inputCount.int, words)
        }
        tile.count &+= 1
      }
      return PICKET_OK
    }
  }
#endif
