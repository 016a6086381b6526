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
        planes: words(plane(0).inputs), categories: words(oneHot(0)),
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
    ///   - tile: Receives how many were encoded.
    /// - Returns: `PICKET_OK`, or why the next record is refused.
    @inline(never)
    func encode(
      _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int, _ layout: TileLayout,
      _ tile: inout picket_tile
    ) -> Int {
      var features = features16
      let rowBytes = decoderCount == 0 ? layer(0).rowBytes : 1
      while tile.count < count {
        let record = records + tile.count &* stride
        let memory = UnsafeMutableRawPointer(tile.memory) + tile.count &* layout.bytes
        var flags: UInt32 = 0
        if picket_any_outside(&features, record) != 0 {
          let refusal = explain(record, &flags)
          guard refusal == PICKET_OK else { return refusal }
        }
        memory.storeBytes(of: flags, toByteOffset: layout.flags, as: UInt32.self)
        guard encode(record, &features, rowBytes, memory, layout) else { return PICKET_E_CATEGORY }
        tile.count &+= 1
      }
      return PICKET_OK
    }

    /// Encodes a record whose fields are in their ranges, or may be outside.
    ///
    /// - Returns: Whether its categories are whole numbers.
    @inline(__always)
    private func encode(
      _ record: UnsafePointer<Float>, _ features: inout picket_features, _ rowBytes: Int,
      _ memory: UnsafeMutableRawPointer, _ layout: TileLayout
    ) -> Bool {
      let rows = (memory + layout.categories).assumingMemoryBound(to: UInt32.self)
      let count = picket_list_categories(
        &features, record, UInt32(truncatingIfNeeded: rowBytes), rows + 1)
      guard count >= 0 else { return false }
      rows.pointee = UInt32(truncatingIfNeeded: count)
      let place = firstInput(layout)
      let values = (memory + place.values).assumingMemoryBound(to: Float.self)
      let words = (memory + place.words).assumingMemoryBound(to: UInt64.self)
      picket_encode_planes(&features, record, values, words)
      if decoderCount != 0 {
        memory.clear(count: inputCount.int)
        let inputs = memory.assumingMemoryBound(to: Float.self)
        picket_scatter(&features, rows, values, words, inputs)
        picket_mark(inputs, inputCount.int, words)
      }
      return true
    }
  }
#endif
