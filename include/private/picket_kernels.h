/*
 * Instructions that Swift has no name for, as functions that are always inlined. Private: no
 * program that uses Picket includes this file, and nothing of it is left in the archive.
 */
#ifndef PICKET_KERNELS_H
#define PICKET_KERNELS_H

#include <stdint.h>

#ifdef __AVX512F__
#include <immintrin.h>
#endif

typedef float picket_float32x16 __attribute__((ext_vector_type(16)));

/* Sixteen finite binary16 numbers, widened. */
static inline __attribute__((always_inline)) picket_float32x16
picket_widen_halves(const void *halves) {
#ifdef __F16C__
  typedef _Float16 half16 __attribute__((ext_vector_type(16)));
  half16 h;
  __builtin_memcpy(&h, halves, sizeof h);
  return __builtin_convertvector(h, picket_float32x16);
#else
  /* Exponent and fraction moved into place are the number times 2^-112, subnormals included; one
   * multiplication puts the exponent right. The shift drags copies of the sign along, which the
   * mask removes. */
  typedef uint16_t u16x16 __attribute__((ext_vector_type(16)));
  typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
  typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
  u16x16 h;
  __builtin_memcpy(&h, halves, sizeof h);
  const i32x16 high = (i32x16)(__builtin_convertvector(h, u32x16) << 16);
  const u32x16 placed = (u32x16)(high >> 3) & 0x8FFFE000u;
  return (picket_float32x16)placed * 0x1p112f;
#endif
}

#ifdef __AVX512F__
typedef uint32_t picket_uint32x16 __attribute__((ext_vector_type(16)));

/*
 * Appends those of 16 numbers that are not zero to `values`, and their rows to `to`. Writes 16 of
 * each; returns how many count.
 */
static inline __attribute__((always_inline)) long
picket_append_nonzero(picket_float32x16 x, picket_uint32x16 rows, float *values, uint32_t *to) {
  const __mmask16 keep = _mm512_cmp_ps_mask((__m512)x, _mm512_setzero_ps(), _CMP_NEQ_UQ);
  _mm512_storeu_ps(values, _mm512_maskz_compress_ps(keep, (__m512)x));
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(keep, (__m512i)rows));
  return __builtin_popcount(keep);
}

/* The first `count` < 16 of sixteen numbers, zeros behind them; nothing behind them is read. */
static inline __attribute__((always_inline)) picket_float32x16
picket_load_first(const float *x, long count) {
  return (picket_float32x16)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), x);
}
#endif

#endif /* PICKET_KERNELS_H */
