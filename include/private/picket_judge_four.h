/*
 * What four scores are worth, on processors with AVX-512 and VNNI: with the bits that one at a time gets.
 * Private.
 */
#ifndef PICKET_JUDGE_FOUR_H
#define PICKET_JUDGE_FOUR_H

#include "../picket.h"
#include "picket_groups.h"

#ifdef PICKET_VNNI

/* The distances that four vectors of eight numbers at most, `bytes` apart, end at: as
 * picket_squares_of_eight adds up. */
PICKET_INLINE __m128 picket_four_distances(const char *outputs, long bytes, long count) {
  const __mmask8 there = (__mmask8)((1u << count) - 1);
  __m128 halves[4];
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) {
    const __m256 x = _mm256_maskz_loadu_ps(there, (const float *)(outputs + r * bytes));
    const __m256 squares = _mm256_mul_ps(x, x);
    halves[r] = _mm_add_ps(_mm256_castps256_ps128(squares), _mm256_extractf128_ps(squares, 1));
  }
  const __m128 first = _mm_add_ps(_mm_movelh_ps(halves[0], halves[1]),
                                  _mm_movehl_ps(halves[1], halves[0]));
  const __m128 last = _mm_add_ps(_mm_movelh_ps(halves[2], halves[3]),
                                 _mm_movehl_ps(halves[3], halves[2]));
  return _mm_sqrt_ps(
      _mm_add_ps(_mm_shuffle_ps(first, last, 0x88), _mm_shuffle_ps(first, last, 0xDD)));
}

/* The first of the numbers of four vectors. */
PICKET_INLINE __m128 picket_four_outputs(const char *outputs, long bytes) {
  float first[4];
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) first[r] = *(const float *)(outputs + r * bytes);
  return _mm_setr_ps(first[0], first[1], first[2], first[3]);
}

/* Those of some numbers that four indices name. */
PICKET_INLINE __m128 picket_four_of(const float *numbers, const long *indices) {
  return _mm_setr_ps(numbers[indices[0]], numbers[indices[1]], numbers[indices[2]],
                     numbers[indices[3]]);
}

/* The p-values of four scores; see Model.pValue. */
PICKET_INLINE __m128 picket_four_p_values(const float *points, long count, __m128 scores) {
  __m512 each[4];
  PICKET_UNROLL
  for (int r = 0; r < 4; r++)
    each[r] = _mm512_broadcastss_ps(_mm_permutevar_ps(scores, _mm_set1_epi32(r)));
  long low[4], high[4];
  picket_count_numbers(points, count, each, high, 4);
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) {
    low[r] = high[r] > 0 ? high[r] - 1 : 0;
    high[r] = high[r] < count ? high[r] : count - 1;
  }
  const float *tails = points + count;
  const __m128 s0 = picket_four_of(points, low), t0 = picket_four_of(tails, low);
  const __m128 s1 = picket_four_of(points, high), t1 = picket_four_of(tails, high);
  const __m128 half = _mm_set1_ps(0.5f), start = _mm_mul_ps(s0, half);
  const __m128 part = _mm_div_ps(_mm_sub_ps(_mm_mul_ps(scores, half), start),
                                 _mm_sub_ps(_mm_mul_ps(s1, half), start));
  const __m128 inside =
      _mm_max_ps(_mm_min_ps(_mm_add_ps(t0, _mm_mul_ps(_mm_sub_ps(t1, t0), part)), t0), t1);
  const __m128 below = _mm_cmp_ps(scores, _mm_set1_ps(points[0]), _CMP_LT_OQ);
  return _mm_blendv_ps(inside, _mm_set1_ps(1), below);
}

/* The results of four scores. Returns whether all are finite; else nothing is written. */
PICKET_INLINE int picket_judge_four(const float *points, long count, __m128 scores,
                                    const picket_list *lists, picket_result *results) {
  const __m128 sizes = _mm_andnot_ps(_mm_set1_ps(-0.0f), scores);
  if (_mm_movemask_ps(_mm_cmp_ps(sizes, _mm_set1_ps(__builtin_inff()), _CMP_NLT_UQ))) return 0;
  const __m128 p_values = picket_four_p_values(points, count, scores);
  const __m128 last = _mm_set1_ps(points[count - 1]);
  const uint32_t beyond = _mm_cmp_ps_mask(scores, last, _CMP_GT_OQ);
  const __m128 first = _mm_unpacklo_ps(scores, p_values), others = _mm_unpackhi_ps(scores, p_values);
  _mm_storel_pi((__m64 *)&results[0], first);
  _mm_storeh_pi((__m64 *)&results[1], first);
  _mm_storel_pi((__m64 *)&results[2], others);
  _mm_storeh_pi((__m64 *)&results[3], others);
  PICKET_UNROLL
  for (int r = 0; r < 4; r++)
    results[r].flags = lists[r].flags | (beyond >> r & 1) * PICKET_FLAG_BEYOND_TABLE;
  return 1;
}

#endif

#endif /* PICKET_JUDGE_FOUR_H */
