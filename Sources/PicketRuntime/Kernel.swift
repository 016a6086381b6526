import CPicket

#if PICKET_DISPATCH || PICKET_KERNEL_V3 || PICKET_KERNEL_V4
  import CPicketDispatch
#endif
#if !PICKET_ARCHIVE
  import PicketCore
#endif

// The scoring code, once for each level of the processor that it is compiled for: PicketCore and
// this file make the module of a further level, and PicketRuntime is the module of the first.

#if PICKET_KERNEL_V3 || PICKET_KERNEL_V4
  // Their symbols have the level's name behind them, from the header.

  /// Scores records.
  @c @implementation
  @_optimize(speed)
  public func picket_kernel(
    _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int,
    _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
    _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
  ) -> Int32 {
    kernel(model, records, stride, count, scratch, scratch_size, results, scored)
  }

  /// Scores one record.
  @c @implementation
  @_optimize(speed)
  public func picket_kernel_one(
    _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>, _ scratch: UnsafeMutableRawPointer,
    _ scratch_size: Int, _ result: UnsafeMutablePointer<picket_result>
  ) -> Int32 {
    kernelOne(model, record, scratch, scratch_size, result)
  }

  /// Does a piece of an explanation on the way to the score; of level 4, of what tiles score.
  @c @implementation
  @_optimize(speed)
  public func picket_go(_ step: UnsafeMutableRawPointer) {
    step.assumingMemoryBound(to: ExplainStep.self).pointee.go()
  }

  /// Does a piece of an explanation's way back.
  @c @implementation
  @_optimize(speed)
  public func picket_come_back(_ step: UnsafeMutableRawPointer) {
    step.assumingMemoryBound(to: ExplainStep.self).pointee.comeBack()
  }
#endif

/// Scores records until one is refused, by the code of this module's level.
///
/// Apart in the module that chooses: calls of another level's do not save registers for it.
#if PICKET_KERNEL_V3 || PICKET_KERNEL_V4
  @inline(__always)
#else
  @inline(never)
#endif
func kernel(
  _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int,
  _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
  _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
) -> Int32 {
  let view = model.assumingMemoryBound(to: Model.self)
  #if PICKET_AVX
    if view.pointee.scoresIntegers {
      let code = IntegerNetwork.score(
        view, records, stride: stride, count: count, scratch: scratch, size: scratch_size,
        into: results, scored: &scored.pointee)
      return Int32(truncatingIfNeeded: code)
    }
    if view.pointee.scoresTiles {
      let code = Model.scoreTiles(
        view, records, stride: stride, count: count, scratch: scratch, size: scratch_size,
        into: results, scored: &scored.pointee)
      return Int32(truncatingIfNeeded: code)
    }
  #endif
  #if PICKET_KERNEL_V4
    // Such a model has level 3 at most.
    return Int32(truncatingIfNeeded: PICKET_E_MODEL)
  #else
    let code = view.pointee.score(
      records, stride: stride, count: count, scratch: scratch, into: results,
      scored: &scored.pointee)
    return Int32(truncatingIfNeeded: code)
  #endif
}

/// Scores one record, by the code of this module's level; see `kernel`.
#if PICKET_KERNEL_V3 || PICKET_KERNEL_V4
  @inline(__always)
#else
  @inline(never)
#endif
func kernelOne(
  _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>, _ scratch: UnsafeMutableRawPointer,
  _ scratch_size: Int, _ result: UnsafeMutablePointer<picket_result>
) -> Int32 {
  let view = model.assumingMemoryBound(to: Model.self)
  #if PICKET_AVX
    if view.pointee.scoresIntegers {
      #if PICKET_KERNEL_V4
        // Of other networks this level scores records by fours alone.
        if !view.pointee.isShort {
          return picket_kernel_one_v3(model, record, scratch, scratch_size, result)
        }
      #endif
      let code = IntegerNetwork.score(view, record, scratch: scratch, into: &result.pointee)
      return Int32(truncatingIfNeeded: code)
    }
    if view.pointee.scoresTiles {
      var scored = 0
      let code = Model.scoreTiles(
        view, record, stride: 0, count: 1, scratch: scratch, size: scratch_size, into: result,
        scored: &scored)
      return Int32(truncatingIfNeeded: code)
    }
  #endif
  #if PICKET_KERNEL_V4
    // Such a model has level 3 at most.
    return Int32(truncatingIfNeeded: PICKET_E_MODEL)
  #else
    return Int32(
      truncatingIfNeeded: view.pointee.score(record, scratch: scratch, into: &result.pointee))
  #endif
}

/// The level of the kernels that score under a model on this processor.
///
/// It is 1 where the archive has one set of them, and at most 3 where it has two. Those of level 4 do
/// not work with lists.
@inline(__always)
func processorLevel(for model: Model) -> UInt32 {
  #if PICKET_DISPATCH
    let level = picket_processor_level()
    #if PICKET_DISPATCH_V4
      if model.scoresTiles || model.scoresIntegers { return level }
    #endif
    return min(level, 3)
  #else
    return 1
  #endif
}

/// Scores records by the best code that this processor runs.
@inline(never)
@_optimize(speed)
func dispatch(
  _ level: UInt32, _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int,
  _ count: Int, _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
  _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
) -> Int32 {
  #if PICKET_DISPATCH
    switch level {
    #if PICKET_DISPATCH_V4
      case 4:
        return picket_kernel_v4(
          model, records, stride, count, scratch, scratch_size, results, scored)
    #endif
    case 3:
      return picket_kernel_v3(model, records, stride, count, scratch, scratch_size, results, scored)
    default: break
    }
  #endif
  return kernel(model, records, stride, count, scratch, scratch_size, results, scored)
}

/// Scores one record by the best code that this processor runs.
@inline(__always)
func dispatchOne(
  _ level: UInt32, _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>,
  _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
  _ result: UnsafeMutablePointer<picket_result>
) -> Int32 {
  #if PICKET_DISPATCH
    switch level {
    #if PICKET_DISPATCH_V4
      case 4: return picket_kernel_one_v4(model, record, scratch, scratch_size, result)
    #endif
    case 3: return picket_kernel_one_v3(model, record, scratch, scratch_size, result)
    default: break
    }
  #endif
  return kernelOne(model, record, scratch, scratch_size, result)
}
