/*
 * What four scores are worth, on processors with AVX-512 and VNNI: with the bits that one at a time gets.
 * Private.
 */
#ifndef PICKET_JUDGE_FOUR_H
#define PICKET_JUDGE_FOUR_H

#include "../picket.h"
#include "picket_groups.h"

#ifdef PICKET_VNNI

/* How many of at most 64 ascending numbers are not above x. */
PICKET_INLINE long picket_count_64(const float *numbers, long count, float most) {
  const __m512 x = _mm512_set1_ps(most);
  const uint64_t there = _bzhi_u64(~(uint64_t)0, (uint64_t)count);
  __mmask16 k[4];
  PICKET_UNROLL
  for (int i = 0; i < 4; i++) {
    const __mmask16 some = (__mmask16)(there >> 16 * i);
    k[i] = _mm512_mask_cmp_ps_mask(some, x, _mm512_maskz_loadu_ps(some, numbers + 16 * i),
                                   _CMP_GE_OQ);
  }
  const __mmask64 all = _mm512_kunpackd(_mm512_kunpackw(k[3], k[2]), _mm512_kunpackw(k[1], k[0]));
  return __builtin_popcountll(_cvtmask64_u64(all));
}

/* The result of a finite score by at most 64 points, scores and behind them their tails; see
 * picket_share_above. */
PICKET_INLINE void picket_judge_one(const void *points, long count, float score, uint32_t flags,
                                    picket_result *result) {
  const float *scores = points, *tails = scores + count;
  const long above = picket_count_64(scores, count, score);
  result->score = score;
  result->flags = flags | (score > scores[count - 1] ? PICKET_FLAG_BEYOND_TABLE : 0);
  result->p_value = above ? picket_share_at(scores, tails, count, above, score) : 1;
}

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

/* How many of at most 64 ascending numbers are not above each of four scores. */
PICKET_INLINE void picket_count_four(const float *numbers, long count, __m128 scores, long *found) {
  const uint64_t there = _bzhi_u64(~(uint64_t)0, (uint64_t)count);
  __m512 sixteen[4];
  PICKET_UNROLL
  for (int i = 0; i < 4; i++)
    sixteen[i] = _mm512_mask_loadu_ps(_mm512_set1_ps(__builtin_inff()),
                                      (__mmask16)(there >> 16 * i), numbers + 16 * i);
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) {
    const __m512 x = _mm512_broadcastss_ps(_mm_permutevar_ps(scores, _mm_set1_epi32(r)));
    __mmask16 k[4];
    PICKET_UNROLL
    for (int i = 0; i < 4; i++) k[i] = _mm512_cmp_ps_mask(x, sixteen[i], _CMP_GE_OQ);
    const __mmask64 all =
        _mm512_kunpackd(_mm512_kunpackw(k[3], k[2]), _mm512_kunpackw(k[1], k[0]));
    found[r] = __builtin_popcountll(_cvtmask64_u64(all));
    __asm__("" : "+r"(found[r])); /* or the compiler counts bits with vectors, which takes long */
  }
}

/* The first and the second of two neighbouring numbers, from each of four indices on. */
PICKET_INLINE void picket_pairs_at(const float *numbers, const long *at, __m128 *first,
                                   __m128 *second) {
  __m128 pairs[2];
  PICKET_UNROLL
  for (int i = 0; i < 2; i++)
    pairs[i] = _mm_loadh_pi(
        _mm_castsi128_ps(_mm_loadl_epi64((const __m128i *)(numbers + at[2 * i]))),
        (const __m64 *)(numbers + at[2 * i + 1]));
  *first = _mm_shuffle_ps(pairs[0], pairs[1], 0x88);
  *second = _mm_shuffle_ps(pairs[0], pairs[1], 0xDD);
}

/* The p-values of four scores, by at most 64 points; see picket_share_above. */
PICKET_INLINE __m128 picket_four_p_values(const float *points, long count, __m128 scores) {
  const float *tails = points + count;
  long at[4];
  picket_count_four(points, count, scores, at);
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) {
    at[r] = at[r] > 0 ? at[r] - 1 : 0;
    at[r] = at[r] < count - 2 ? at[r] : count - 2;
    __asm__("" : "+r"(at[r]));
  }
  __m128 s0, s1, t0, t1;
  picket_pairs_at(points, at, &s0, &s1);
  picket_pairs_at(tails, at, &t0, &t1);
  const __m128 half = _mm_set1_ps(0.5f), start = _mm_mul_ps(s0, half);
  const __m128 part = _mm_div_ps(_mm_sub_ps(_mm_mul_ps(scores, half), start),
                                 _mm_sub_ps(_mm_mul_ps(s1, half), start));
  const __m128 inside =
      _mm_max_ps(_mm_min_ps(_mm_add_ps(t0, _mm_mul_ps(_mm_sub_ps(t1, t0), part)), t0), t1);
  const __m128 below = _mm_cmp_ps(scores, _mm_set1_ps(points[0]), _CMP_LT_OQ);
  const __m128 above = _mm_cmp_ps(scores, _mm_set1_ps(points[count - 1]), _CMP_GE_OQ);
  return _mm_blendv_ps(_mm_blendv_ps(inside, _mm_set1_ps(tails[count - 1]), above),
                       _mm_set1_ps(1), below);
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
