/*
 * Instructions that Swift has no name for, as functions that are always inlined. Private: no
 * program that uses Picket includes this file, and nothing of it is left in the archive.
 */
#ifndef PICKET_KERNELS_H
#define PICKET_KERNELS_H

#include <stdint.h>
#include <string.h>

#if defined(__F16C__) || defined(__AVX512F__)
#include <immintrin.h>
#endif

typedef float picket_float16x32 __attribute__((ext_vector_type(16)));

#ifdef __F16C__
typedef _Float16 picket_half16 __attribute__((ext_vector_type(16)));

/* Sixteen binary16 numbers, widened by the processor. */
static inline __attribute__((always_inline)) picket_float16x32
picket_widen_halves(const void *halves) {
  picket_half16 h;
  memcpy(&h, halves, sizeof h);
  return __builtin_convertvector(h, picket_float16x32);
}
#endif

#ifdef __AVX512F__
/*
 * Appends those of 16 numbers that are not zero to `values`, and the byte offsets of their rows,
 * the first of which is `row`, to `rows`. Writes 16 of each; returns how many count.
 */
static inline __attribute__((always_inline)) long
picket_append_nonzero(const float *x, uint32_t row, uint32_t row_bytes, float *values,
                      uint32_t *rows) {
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512 v = _mm512_loadu_ps(x);
  const __mmask16 keep = _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_NEQ_UQ);
  const __m512i offsets = _mm512_add_epi32(
      _mm512_set1_epi32((int)row), _mm512_mullo_epi32(lane, _mm512_set1_epi32((int)row_bytes)));
  _mm512_storeu_ps(values, _mm512_maskz_compress_ps(keep, v));
  _mm512_storeu_si512(rows, _mm512_maskz_compress_epi32(keep, offsets));
  return __builtin_popcount(keep);
}
#endif

#endif /* PICKET_KERNELS_H */
