/*
 * Layers in integer arithmetic on processors with AVX-512 and VNNI, whose one instruction adds up
 * the products of four inputs of seven bits. Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_VNNI_H
#define PICKET_INTEGER_VNNI_H

#include "picket_groups.h"

#ifdef PICKET_VNNI

/*
 * clamp((sums * multipliers + 2^(shift - 1)) >> shift, 0, 127) as bytes, for shifts from 32 on: the
 * upper halves of the products hold all that is left.
 */
PICKET_INLINE void picket_store_bytes(__m512i sums, const char *multipliers, uint32_t shift,
                                      char *to) {
  const __m512i positive = _mm512_max_epi32(sums, _mm512_setzero_si512());
  const __m512i factors = _mm512_loadu_si512(multipliers);
  const __m512i half = _mm512_set1_epi64((long long)1 << (shift - 1));
  const __m512i even = _mm512_add_epi64(_mm512_mul_epu32(positive, factors), half);
  const __m512i odd = _mm512_add_epi64(
      _mm512_mul_epu32(_mm512_srli_epi64(positive, 32), _mm512_srli_epi64(factors, 32)), half);
  const __m512i upper = _mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(even, 32), odd);
  const __m512i shifted = _mm512_srl_epi32(upper, _mm_cvtsi32_si128((int)shift - 32));
  _mm_storeu_si128((__m128i *)to,
                   _mm_min_epu8(_mm512_cvtusepi32_epi8(shifted), _mm_set1_epi8(127)));
}

/* Sums as bytes, or, if shift is 0, as floats. */
PICKET_INLINE void picket_finish(const __m512i *sums, const char *scale, uint32_t shift,
                                 char *output, const int vectors) {
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    if (shift)
      picket_store_bytes(sums[i], scale + i * 64, shift, output + i * 16);
    else
      _mm512_storeu_ps(output + i * 64, _mm512_mul_ps(_mm512_cvtepi32_ps(sums[i]),
                                                      _mm512_loadu_ps(scale + i * 64)));
  }
}

/* `vectors` times sixteen neighbouring outputs of inputs of fourteen bits. */
PICKET_INLINE void picket_first_block(const char *column, const char *bias, const char *scale,
                                      const picket_group *groups, long count, uint32_t shift,
                                      char *output, const int vectors) {
  __m512i lower[8], upper[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    lower[i] = _mm512_loadu_si512(bias + i * 64);
    upper[i] = _mm512_setzero_si512();
  }
  for (const picket_group *end = groups + count; groups < end; groups++) {
    const __m512i low = _mm512_set1_epi32((int)groups->digits);
    const __m512i high = _mm512_set1_epi32((int)(groups->digits >> 32));
    const char *row = column + groups->offset;
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++) {
      const __m512i weights = _mm512_loadu_si512(row + i * 64);
      lower[i] = _mm512_dpbusd_epi32(lower[i], low, weights);
      upper[i] = _mm512_dpbusd_epi32(upper[i], high, weights);
    }
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++)
    lower[i] = _mm512_add_epi32(lower[i], _mm512_slli_epi32(upper[i], 7));
  picket_finish(lower, scale, shift, output, vectors);
}

/* `vectors` times sixteen neighbouring outputs of inputs of seven bits, a byte each. */
PICKET_INLINE void picket_next_block(const char *column, long group_bytes, const char *bias,
                                     const char *scale, const char *inputs, long count,
                                     uint32_t shift, char *output, const int vectors,
                                     const int chains) {
  __m512i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors * chains; i++)
    sums[i] = i < vectors ? _mm512_loadu_si512(bias + i * 64) : _mm512_setzero_si512();
  long k = 0;
  for (; k + 4 <= count; k += 4, column += 4 * group_bytes) {
    const __m512i four = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)inputs + k / 4));
    const __m512i each[4] = {_mm512_shuffle_epi32(four, 0x00), _mm512_shuffle_epi32(four, 0x55),
                             _mm512_shuffle_epi32(four, 0xAA), _mm512_shuffle_epi32(four, 0xFF)};
    PICKET_UNROLL
    for (int g = 0; g < 4; g++) {
      PICKET_UNROLL
      for (int i = 0; i < vectors; i++) {
        __m512i *sum = sums + g % chains * vectors + i;
        *sum = _mm512_dpbusd_epi32(*sum, each[g],
                                   _mm512_loadu_si512(column + g * group_bytes + i * 64));
      }
    }
  }
  for (; k < count; k++, column += group_bytes) {
    int word;
    __builtin_memcpy(&word, inputs + k * 4, 4);
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++)
      sums[i] = _mm512_dpbusd_epi32(sums[i], _mm512_set1_epi32(word),
                                    _mm512_loadu_si512(column + i * 64));
  }
  PICKET_UNROLL
  for (int c = 1; c < chains; c++) {
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++)
      sums[i] = _mm512_add_epi32(sums[i], sums[c * vectors + i]);
  }
  picket_finish(sums, scale, shift, output, vectors);
}

/* A layer of inputs of fourteen bits, listed by groups. */
PICKET_INLINE void picket_first_integers(const void *weights, const void *bias, const void *scale,
                                         const picket_group *groups, long count, uint32_t shift,
                                         void *output, long stride) {
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  long at = 0;
#define PICKET_BLOCK(vectors)                                                                   \
  picket_first_block(w + at * 4, b + at * 4, s + at * 4, groups, count, shift,                  \
                     y + (shift ? at : at * 4), vectors)
  for (; at + 128 <= stride; at += 128) PICKET_BLOCK(8);
  for (; at + 64 <= stride; at += 64) PICKET_BLOCK(4);
  for (; at < stride; at += 16) PICKET_BLOCK(1);
#undef PICKET_BLOCK
}

/* A layer of `count` groups of inputs of seven bits, which must not lie where the output does. */
PICKET_INLINE void picket_next_integers(const void *weights, const void *bias, const void *scale,
                                        const void *inputs, long count, uint32_t shift,
                                        void *output, long stride) {
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  long at = 0;
#define PICKET_BLOCK(vectors, chains)                                                           \
  picket_next_block(w + at * 4, stride * 4, b + at * 4, s + at * 4, inputs, count, shift,       \
                    y + (shift ? at : at * 4), vectors, chains)
  for (; at + 64 <= stride; at += 64) PICKET_BLOCK(4, 2);
  for (; at + 32 <= stride; at += 32) PICKET_BLOCK(2, 4);
  for (; at < stride; at += 16) PICKET_BLOCK(1, 4);
#undef PICKET_BLOCK
}

#endif /* PICKET_VNNI */

#endif /* PICKET_INTEGER_VNNI_H */
