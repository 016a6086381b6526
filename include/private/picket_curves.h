/*
 * Inputs that are no straight line of their field, on sixteen fields: logarithms, and quantiles by
 * tables. Private, as picket_kernels.h.
 *
 * Each step is rounded to binary32 by itself, and none depends on how many lanes a vector has: all
 * machines get the same bits.
 */
#ifndef PICKET_CURVES_H
#define PICKET_CURVES_H

#include <stdint.h>

#include "picket_dense.h"

/* As many lanes as a register has. More would be as good, in more code. */
#if defined(__AVX512F__)
#define PICKET_LANES 16
#elif defined(__AVX2__)
#define PICKET_LANES 8
#elif defined(__arm__)
/* Vectors of 32-bit ARM take subnormal numbers for 0, and a table's knots may lie as near as that. */
#define PICKET_LANES 1
#else
#define PICKET_LANES 4
#endif

typedef float picket_lanes __attribute__((ext_vector_type(PICKET_LANES)));
typedef uint32_t picket_words_of_lanes __attribute__((ext_vector_type(PICKET_LANES)));
typedef float picket_lanes_at_4
    __attribute__((ext_vector_type(PICKET_LANES), aligned(4), may_alias));

/* a where the mask's bits are 1, b where they are 0. */
PICKET_INLINE picket_lanes picket_choose(picket_words_of_lanes mask, picket_lanes a,
                                         picket_lanes b) {
  return (picket_lanes)((mask & (picket_words_of_lanes)a) | (~mask & (picket_words_of_lanes)b));
}

/*
 * ln u of positive, normal, finite numbers, within 1e-7 relative.
 *
 * u = m 2^e with sqrt(1/2) <= m < sqrt(2); ln u = e ln 2 + ln m, ln m by a polynomial of f = m - 1
 * (Cephes `logf`), ln 2 in two parts. Where e is 0, `excess` stands for f: u - 1, with more digits
 * than u has where the caller knows them.
 */
PICKET_INLINE picket_lanes picket_logarithms(picket_lanes u, picket_lanes excess) {
#pragma clang fp contract(off)
  /* The bits of sqrt(1/2): adding what is missing to 1 moves the exponent where m would be below. */
  const picket_words_of_lanes shifted = (picket_words_of_lanes)u + (0x3F800000u - 0x3F3504F3u);
  const picket_lanes m = (picket_lanes)((shifted & 0x7FFFFFu) + 0x3F3504F3u);
  const picket_words_of_lanes exponent = shifted >> 23;
  const picket_lanes f = picket_choose((picket_words_of_lanes)(exponent == 127), excess, m - 1.0f);
  /* The exponent as the last bits of a number from 2^23 on: exact, by one subtraction. */
  const picket_lanes e = (picket_lanes)(exponent | 0x4B000000u) - (8388608.0f + 127.0f);
  static const float terms[] = {-1.15146103e-1f, 1.16769987e-1f,  -1.24201408e-1f, 1.42493228e-1f,
                                -1.66680577e-1f, 2.00007148e-1f,  -2.49999940e-1f, 3.33333310e-1f};
  picket_lanes p = 7.0376836e-2f;
  _Pragma("clang loop unroll(disable)") for (int i = 0; i < 8; i++) p = p * f + terms[i];
  const picket_lanes z = f * f;
  const picket_lanes rest = (p * f * z - z * 0.5f) + e * -2.12194440e-4f;
  return (f + rest) + e * 0.693359375f;
}

/* ln u of one number. */
PICKET_INLINE float picket_logarithm(float u) {
  const picket_lanes all = picket_logarithms(u, u - 1.0f);
  return all[0];
}

/* Replaces sixteen finite numbers by sign(x) ln(1 + |x|), odd and monotone over all floats. */
PICKET_INLINE void picket_signed_logarithms(float *x) {
  _Pragma("clang loop unroll(disable)") for (int i = 0; i < 16; i += PICKET_LANES) {
    const picket_words_of_lanes bits =
        (picket_words_of_lanes) * (const picket_lanes_at_4 *)(x + i);
    const picket_words_of_lanes sign = bits & 0x80000000u;
    const picket_lanes size = (picket_lanes)(bits ^ sign);
    const picket_words_of_lanes y = (picket_words_of_lanes)picket_logarithms(size + 1.0f, size);
    *(picket_lanes_at_4 *)(x + i) = (picket_lanes)(y | sign);
  }
}

/* Tables of fields one behind the other: each field's knots end where its word says. */
typedef struct {
  const uint32_t *ends;
  const float *values;
  const float *quantiles;
} picket_tables;

/*
 * The last of 1 ... 32 ascending values that is not above x, or 0. With wide vectors those behind the
 * first are counted; else five comparisons do, always as many, for a branch would be mispredicted.
 */
PICKET_INLINE uint32_t picket_segment(const float *values, uint32_t count, float x) {
#if defined(__AVX512F__)
  const uint32_t places = (uint32_t)((1ull << count) - 1);
  const __m512 most = _mm512_set1_ps(x);
  const __mmask16 low = (__mmask16)places, high = (__mmask16)(places >> 16);
  uint32_t within = _mm512_mask_cmp_ps_mask(low, _mm512_maskz_loadu_ps(low, values), most, _CMP_LE_OQ);
  if (high)
    within |= (uint32_t)_mm512_mask_cmp_ps_mask(high, _mm512_maskz_loadu_ps(high, values + 16), most,
                                                _CMP_LE_OQ)
              << 16;
  return (uint32_t)__builtin_popcount(within & ~1u);
#elif defined(__AVX2__)
  const __m256 most = _mm256_set1_ps(x);
  uint32_t within = 0;
  _Pragma("clang loop unroll(disable)") for (uint32_t at = 0; at < count; at += 8) {
    const __m256i places = picket_first_of_eight(count - at);
    const __m256 not_above =
        _mm256_cmp_ps(_mm256_maskload_ps(values + at, places), most, _CMP_LE_OQ);
    within |= (uint32_t)_mm256_movemask_ps(_mm256_and_ps(not_above, (__m256)places)) << at;
  }
  return (uint32_t)__builtin_popcount(within & ~1u);
#else
  /* A mask in place of a branch. Once one value is left, half of it is 0. */
  uint32_t at = 0;
  PICKET_UNROLL
  for (int step = 0; step < 5; step++) {
    const uint32_t half = count >> 1;
    at += half & -(uint32_t)(values[at + half] <= x);
    count -= half;
  }
  return at;
#endif
}

/*
 * Replaces sixteen finite numbers by their quantiles: linear between the knots of a field's table,
 * constant beyond them, 0 without a table. `knot` is where the first of the tables begins.
 *
 * With v_i the last value not above x, or the first one,
 * q = q_i + (x - v_i) / (v_(i+1) - v_i) (q_(i+1) - q_i), within q_i ... q_(i+1): monotone. Differences
 * of values are taken of halves, because those of finite numbers may not be finite.
 */
PICKET_INLINE void picket_quantiles(float *x, picket_tables tables, uint32_t knot) {
#pragma clang fp contract(off)
  float from[16], to[16], low[16], high[16];
  _Pragma("clang loop unroll(disable) vectorize(disable)") for (int i = 0; i < 16; i++) {
    const uint32_t end = tables.ends[i];
    if (end == knot) {
      from[i] = to[i] = low[i] = high[i] = 0;
      continue;
    }
    const uint32_t at = knot + picket_segment(tables.values + knot, end - knot, x[i]);
    /* Behind the last knot there is no segment: a width of 0, and bounds that are one number. */
    const uint32_t next = at + (at + 1 < end);
    from[i] = tables.values[at];
    to[i] = tables.values[next];
    low[i] = tables.quantiles[at];
    high[i] = tables.quantiles[next];
    knot = end;
  }
  _Pragma("clang loop unroll(disable)") for (int i = 0; i < 16; i += PICKET_LANES) {
    const picket_lanes start = *(picket_lanes_at_4 *)(from + i) * 0.5f;
    const picket_lanes width = *(picket_lanes_at_4 *)(to + i) * 0.5f - start;
    const picket_lanes least = *(picket_lanes_at_4 *)(low + i);
    const picket_lanes most = *(picket_lanes_at_4 *)(high + i);
    const picket_lanes part = (*(picket_lanes_at_4 *)(x + i) * 0.5f - start) / width;
    const picket_lanes between = least + part * (most - least);
    /* A NaN, of 0 / 0 or 0 times infinity, falls to the lower bound. */
    const picket_lanes above =
        picket_choose((picket_words_of_lanes)(between > least), between, least);
    *(picket_lanes_at_4 *)(x + i) =
        picket_choose((picket_words_of_lanes)(above < most), above, most);
  }
}

#endif /* PICKET_CURVES_H */
