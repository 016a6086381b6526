/*
 * Layers in integer arithmetic on processors with AVX2, for which products are the scarce resource.
 * Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_AVX2_H
#define PICKET_INTEGER_AVX2_H

#include "picket_groups.h"

#if defined(__AVX2__) && !defined(PICKET_VNNI)

/* What picket_store_bytes returns of eight sums, before they are bytes; for shifts from 32 on. */
PICKET_INLINE __m256i picket_scaled_sums(__m256i sums, const char *multipliers, uint32_t shift) {
  const __m256i positive = _mm256_max_epi32(sums, _mm256_setzero_si256());
  const __m256i factors = _mm256_loadu_si256((const __m256i *)multipliers);
  const __m256i half = _mm256_set1_epi64x((long long)1 << (shift - 1));
  const __m256i even = _mm256_add_epi64(_mm256_mul_epu32(positive, factors), half);
  const __m256i odd = _mm256_add_epi64(
      _mm256_mul_epu32(_mm256_srli_epi64(positive, 32), _mm256_srli_epi64(factors, 32)), half);
  const __m256i upper = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
  return _mm256_srl_epi32(upper, _mm_cvtsi32_si128((int)shift - 32));
}

/* Sums of 16 outputs as bytes, clamp((sums * multipliers + 2^(shift - 1)) >> shift, 0, 127), or, if
 * shift is 0, as floats. */
PICKET_INLINE void picket_finish(__m256i sums0, __m256i sums1, const char *scale, uint32_t shift,
                                 char *output) {
  if (shift) {
    const __m256i words = _mm256_packs_epi32(picket_scaled_sums(sums0, scale, shift),
                                             picket_scaled_sums(sums1, scale + 32, shift));
    const __m256i ordered = _mm256_permute4x64_epi64(words, 0xD8);
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(ordered),
                                           _mm256_extracti128_si256(ordered, 1));
    _mm_storeu_si128((__m128i *)output, _mm_min_epu8(bytes, _mm_set1_epi8(127)));
  } else {
    const float *factors = (const float *)scale;
    _mm256_storeu_ps((float *)output,
                     _mm256_mul_ps(_mm256_cvtepi32_ps(sums0), _mm256_loadu_ps(factors)));
    _mm256_storeu_ps((float *)output + 8,
                     _mm256_mul_ps(_mm256_cvtepi32_ps(sums1), _mm256_loadu_ps(factors + 8)));
  }
}

/*
 * `eights` times eight neighbouring outputs of inputs of fourteen bits: weights are widened, so that a
 * pair of products is one instruction, and the two sums that each output then has are added last.
 */
PICKET_INLINE void picket_first_block(const char *column, const char *bias, const char *scale,
                                      const picket_group *groups, long count, uint32_t shift,
                                      char *output, const int eights) {
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights * 2; i++) sums[i] = _mm256_setzero_si256();
  for (const picket_group *end = groups + count; groups < end; groups++) {
    const __m256i inputs = _mm256_set1_epi64x((long long)groups->digits);
    const __m128i *row = (const __m128i *)(column + groups->offset);
    PICKET_UNROLL
    for (int i = 0; i < eights * 2; i++)
      sums[i] = _mm256_add_epi32(
          sums[i], _mm256_madd_epi16(inputs, _mm256_cvtepi8_epi16(_mm_loadu_si128(row + i))));
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) {
    const __m256i both = _mm256_hadd_epi32(sums[2 * i], sums[2 * i + 1]);
    sums[i] = _mm256_add_epi32(_mm256_permute4x64_epi64(both, 0xD8),
                               _mm256_loadu_si256((const __m256i *)bias + i));
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i += 2)
    picket_finish(sums[i], sums[i + 1], scale + i * 32, shift,
                  output + (shift ? i * 8 : i * 32));
}

/*
 * Whether four groups of inputs, each a quarter of all of them from the next, add up to less than 255
 * in each pair of places: then so do their products with weights of eight bits in sixteen bits.
 * `bytes` of a quarter are a multiple of 16.
 */
PICKET_INLINE int picket_sums_fit(const char *inputs, long bytes) {
  __m128i over = _mm_setzero_si128();
  for (long at = 0; at < bytes; at += 16) {
    __m128i sum = _mm_loadu_si128((const __m128i *)(inputs + at));
    PICKET_UNROLL
    for (int i = 1; i < 4; i++)
      sum = _mm_adds_epu8(sum, _mm_loadu_si128((const __m128i *)(inputs + at + i * bytes)));
    const __m128i pairs = _mm_maddubs_epi16(sum, _mm_set1_epi8(1));
    over = _mm_or_si128(over, _mm_cmpgt_epi16(pairs, _mm_set1_epi16(254)));
  }
  return _mm_movemask_epi8(over) == 0;
}

/* Adds `together` groups of inputs, `bytes` of them from one to the next, to sums. */
PICKET_INLINE void picket_add_groups(__m256i *sums, const char *inputs, long bytes,
                                     const char *column, long column_bytes, const int eights,
                                     const int together) {
  const __m256i one = _mm256_set1_epi16(1);
  __m256i words[4];
  PICKET_UNROLL
  for (int g = 0; g < together; g++) {
    int word;
    __builtin_memcpy(&word, inputs + g * bytes, 4);
    words[g] = _mm256_set1_epi32(word);
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) {
    __m256i pairs = _mm256_setzero_si256();
    PICKET_UNROLL
    for (int g = 0; g < together; g++) {
      const __m256i *row = (const __m256i *)(column + g * column_bytes) + i;
      const __m256i products = _mm256_maddubs_epi16(words[g], _mm256_loadu_si256(row));
      pairs = g ? _mm256_add_epi16(pairs, products) : products;
    }
    sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, one));
  }
}

/* `eights` times eight neighbouring outputs of inputs of seven bits, a byte each. */
PICKET_INLINE void picket_next_block(const char *column, long group_bytes, const char *bias,
                                     const char *scale, const char *inputs, long count, int fits,
                                     uint32_t shift, char *output, const int eights) {
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) sums[i] = _mm256_loadu_si256((const __m256i *)bias + i);
  if (fits) {
    for (long k = 0; k < count / 4; k++)
      picket_add_groups(sums, inputs + k * 4, count, column + k * group_bytes,
                        count / 4 * group_bytes, eights, 4);
  } else {
    for (long k = 0; k < count; k++)
      picket_add_groups(sums, inputs + k * 4, 0, column + k * group_bytes, 0, eights, 1);
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i += 2)
    picket_finish(sums[i], sums[i + 1], scale + i * 32, shift,
                  output + (shift ? i * 8 : i * 32));
}

/* A layer of inputs of fourteen bits, listed by groups. */
PICKET_INLINE void picket_first_integers(const void *weights, const void *bias, const void *scale,
                                         const picket_group *groups, long count, uint32_t shift,
                                         void *output, long stride) {
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  long at = 0;
#define PICKET_BLOCK(eights)                                                                    \
  picket_first_block(w + at * 4, b + at * 4, s + at * 4, groups, count, shift,                  \
                     y + (shift ? at : at * 4), eights)
  for (; at + 32 <= stride; at += 32) PICKET_BLOCK(4);
  if (at < stride) PICKET_BLOCK(2);
#undef PICKET_BLOCK
}

/* A layer of `count` groups of inputs of seven bits, which must not lie where the output does. */
PICKET_INLINE void picket_next_integers(const void *weights, const void *bias, const void *scale,
                                        const void *inputs, long count, uint32_t shift,
                                        void *output, long stride) {
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  const int fits = count % 16 == 0 && picket_sums_fit(inputs, count);
  long at = 0;
#define PICKET_BLOCK(eights)                                                                    \
  picket_next_block(w + at * 4, stride * 4, b + at * 4, s + at * 4, inputs, count, fits, shift, \
                    y + (shift ? at : at * 4), eights)
  for (; at + 64 <= stride; at += 64) PICKET_BLOCK(8);
  for (; at + 32 <= stride; at += 32) PICKET_BLOCK(4);
  if (at < stride) PICKET_BLOCK(2);
#undef PICKET_BLOCK
}

#endif

#endif /* PICKET_INTEGER_AVX2_H */
