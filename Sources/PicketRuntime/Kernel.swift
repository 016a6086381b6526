import CPicket

#if PICKET_DISPATCH || PICKET_KERNEL_V3 || PICKET_KERNEL_V4
  import CPicketDispatch
#endif
#if !PICKET_ARCHIVE
  import PicketCore
#endif

// The scoring code, once for each level of the processor that it is compiled for: PicketCore and
// this file make the module of a further level, and PicketRuntime is the module of the first.

#if PICKET_KERNEL_V3
  /// Scores records, compiled for x86-64-v3.
  @c @implementation
  public func picket_kernel_v3(
    _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int,
    _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
    _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
  ) -> Int32 {
    kernel(model, records, stride, count, scratch, scratch_size, results, scored)
  }

  /// Explains one score, compiled for x86-64-v3.
  @c @implementation
  public func picket_explain_v3(
    _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>, _ scratch: UnsafeMutableRawPointer,
    _ contributions: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<picket_result>
  ) -> Int32 {
    explainKernel(model, record, scratch, contributions, result)
  }
#elseif PICKET_KERNEL_V4
  /// Scores records, compiled for x86-64-v4.
  @c @implementation
  public func picket_kernel_v4(
    _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int,
    _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
    _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
  ) -> Int32 {
    kernel(model, records, stride, count, scratch, scratch_size, results, scored)
  }

  /// Explains one score, compiled for x86-64-v4.
  @c @implementation
  public func picket_explain_v4(
    _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>, _ scratch: UnsafeMutableRawPointer,
    _ contributions: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<picket_result>
  ) -> Int32 {
    explainKernel(model, record, scratch, contributions, result)
  }
#endif

/// Scores records until one is refused, by the code of this module's level.
@inline(__always)
func kernel(
  _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int, _ count: Int,
  _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
  _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
) -> Int32 {
  let view = model.assumingMemoryBound(to: Model.self)
  let code = view.pointee.score(
    records, stride: stride, count: count, scratch: scratch, size: scratch_size, into: results,
    scored: &scored.pointee)
  return Int32(truncatingIfNeeded: code)
}

/// Explains one score, by the code of this module's level.
@inline(__always)
func explainKernel(
  _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>, _ scratch: UnsafeMutableRawPointer,
  _ contributions: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<picket_result>
) -> Int32 {
  let view = model.assumingMemoryBound(to: Model.self)
  let code = view.pointee.explain(
    record, scratch: scratch, contributions: contributions, into: &result.pointee)
  return Int32(truncatingIfNeeded: code)
}

/// The level of this processor, or 1 where the archive has one set of kernels.
@inline(__always)
func processorLevel() -> UInt32 {
  #if PICKET_DISPATCH
    return picket_processor_level()
  #else
    return 1
  #endif
}

/// Scores records by the best code that this processor runs.
@inline(never)
func dispatch(
  _ level: UInt32, _ model: UnsafeRawPointer, _ records: UnsafePointer<Float>, _ stride: Int,
  _ count: Int, _ scratch: UnsafeMutableRawPointer, _ scratch_size: Int,
  _ results: UnsafeMutablePointer<picket_result>, _ scored: UnsafeMutablePointer<Int>
) -> Int32 {
  #if PICKET_DISPATCH
    switch level {
    case 4:
      return picket_kernel_v4(model, records, stride, count, scratch, scratch_size, results, scored)
    case 3:
      return picket_kernel_v3(model, records, stride, count, scratch, scratch_size, results, scored)
    default: break
    }
  #endif
  return kernel(model, records, stride, count, scratch, scratch_size, results, scored)
}

/// Explains one score by the best code that this processor runs.
@inline(never)
func dispatchExplain(
  _ level: UInt32, _ model: UnsafeRawPointer, _ record: UnsafePointer<Float>,
  _ scratch: UnsafeMutableRawPointer, _ contributions: UnsafeMutablePointer<Float>,
  _ result: UnsafeMutablePointer<picket_result>
) -> Int32 {
  #if PICKET_DISPATCH
    switch level {
    case 4: return picket_explain_v4(model, record, scratch, contributions, result)
    case 3: return picket_explain_v3(model, record, scratch, contributions, result)
    default: break
    }
  #endif
  return explainKernel(model, record, scratch, contributions, result)
}
