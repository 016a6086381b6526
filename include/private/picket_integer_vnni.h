/*
 * Layers in integer arithmetic on processors with AVX-512 and VNNI, whose one instruction adds up
 * the products of four inputs of seven bits. Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_VNNI_H
#define PICKET_INTEGER_VNNI_H

#include "picket_groups.h"

#ifdef PICKET_VNNI

/* Sums shifted, `i` and the next one if there is one, as words: of each four lanes by turns. */
PICKET_INLINE __m512i picket_shifted(const __m512i *sums, __m128i shift, const int i,
                                     const int vectors) {
  return _mm512_packs_epi32(_mm512_sra_epi32(sums[i % vectors], shift),
                            _mm512_sra_epi32(sums[(i + 1) % vectors], shift));
}

/* The multipliers of what `picket_shifted` gives. */
PICKET_INLINE __m512i picket_multipliers(const char *scale, const int i, const int vectors) {
  return _mm512_packs_epi32(_mm512_loadu_si512(scale + i % vectors * 64),
                            _mm512_loadu_si512(scale + (i + 1) % vectors * 64));
}

/* Sums of some records as bytes, from output `at` on; see `picket_requantize`. Returns which groups of
 * the last record are not zero: bit k for group k, if there are 64 at most. */
PICKET_INLINE uint64_t picket_finish_bytes(const picket_integer_layer *layer, const __m512i *sums,
                                           long at, char *outputs, long record_bytes,
                                           const int vectors, const int records) {
  const __m128i shift = _mm_cvtsi32_si128((int)layer->shift);
  const char *scale = layer->scale + at * 4;
  /* Four bytes of the first vector, of the second, ...; then the next four of each. */
  const __m512i order =
      _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  uint64_t some = 0;
  PICKET_UNROLL
  for (int i = 0; i < vectors; i += 4) {
    const __m512i low = picket_multipliers(scale, i, vectors);
    const __m512i high = picket_multipliers(scale, i + 2, vectors);
    PICKET_UNROLL
    for (int r = 0; r < records; r++) {
      const __m512i *of = sums + r * vectors;
      const __m512i mixed = _mm512_packs_epi16(
          _mm512_mulhrs_epi16(picket_shifted(of, shift, i, vectors), low),
          _mm512_mulhrs_epi16(picket_shifted(of, shift, i + 2, vectors), high));
      const __m512i bytes = _mm512_permutexvar_epi32(
          order, _mm512_max_epi8(mixed, _mm512_setzero_si512()));
      if (r == records - 1) {
        const uint64_t mask = _mm512_test_epi32_mask(bytes, bytes);
        some |= (vectors < 4 ? mask & ((1u << 4 * vectors) - 1) : mask) << ((at / 4 + i * 4) & 63);
      }
      char *output = outputs + r * record_bytes + at + i * 16;
      if (vectors >= 4)
        _mm512_storeu_si512(output, bytes);
      else if (vectors == 2)
        _mm256_storeu_si256((__m256i *)output, _mm512_castsi512_si256(bytes));
      else
        _mm_storeu_si128((__m128i *)output, _mm512_castsi512_si128(bytes));
    }
  }
  return some;
}

/* The same or, if the layer does not shift, sums as floats: of sixteen outputs at a time only, for such a
 * layer is the last and narrow. */
PICKET_INLINE uint64_t picket_finish(const picket_integer_layer *layer, const __m512i *sums,
                                     long at, char *outputs, long record_bytes, const int vectors,
                                     const int records) {
  if (vectors > 1 || layer->shift)
    return picket_finish_bytes(layer, sums, at, outputs, record_bytes, vectors, records);
  const __m512 scale = _mm512_loadu_ps(layer->scale + at * 4);
  PICKET_UNROLL
  for (int r = 0; r < records; r++)
    _mm512_storeu_ps(outputs + r * record_bytes + at * 4,
                     _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r]), scale));
  return 0;
}

/* How many outputs of a layer may be finished by more than sixteen at a time. */
PICKET_INLINE long picket_wide_outputs(const picket_integer_layer *layer) {
  return layer->shift ? layer->stride : 0;
}

/* Adds a group of inputs, of each record one in all words of a vector, to its sums. */
PICKET_INLINE void picket_add_group(__m512i *sums, const char *column, const __m512i *inputs,
                                    const int vectors, const int records) {
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    const __m512i weights = _mm512_loadu_si512(column + i * 64);
    PICKET_UNROLL
    for (int r = 0; r < records; r++)
      sums[r * vectors + i] = _mm512_dpbusd_epi32(sums[r * vectors + i], inputs[r], weights);
  }
}

/* The sums of `vectors` times sixteen neighbouring outputs of a list, from output `at` on. */
PICKET_INLINE void picket_add_list(const picket_integer_layer *layer, const picket_list *list,
                                   const picket_group *groups, __m512i *sums, long at,
                                   const int vectors) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const picket_group *ones = groups + list->one_hots;
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) sums[i] = _mm512_loadu_si512(bias + i * 64);
  for (; groups < ones; groups++) {
    const __m512i inputs = _mm512_set1_epi32((int)groups->inputs);
    picket_add_group(sums, column + groups->offset, &inputs, vectors, 1);
  }
  for (uint64_t some = list->some; some; some &= some - 1) {
    groups = ones + __builtin_ctzll(some) / 2;
    const __m512i inputs = _mm512_set1_epi32((int)groups->inputs);
    picket_add_group(sums, column + groups->offset, &inputs, vectors, 1);
  }
}

/* `vectors` times sixteen neighbouring outputs of a list, from output `at` on. */
PICKET_INLINE uint64_t picket_first_block(const picket_integer_layer *layer,
                                          const picket_list *list, const picket_group *groups,
                                          char *output, long at, const int vectors) {
  __m512i sums[8];
  picket_add_list(layer, list, groups, sums, at, vectors);
  return picket_finish(layer, sums, at, output, 0, vectors, 1);
}

/* A layer of the inputs of two lists, of 128 outputs or a multiple. */
PICKET_INLINE void picket_first_pair(const picket_integer_layer *layer, const picket_list *lists,
                                     const char *groups, long list_bytes, char *outputs,
                                     long record_bytes) {
  for (long at = 0; at < layer->stride; at += 128) {
    __m512i sums[16];
    PICKET_UNROLL
    for (int r = 0; r < 2; r++)
      picket_add_list(layer, lists + r, (const picket_group *)(groups + r * list_bytes), sums + r * 8,
                      at, 8);
    picket_finish_bytes(layer, sums, at, outputs, record_bytes, 8, 2);
  }
}

/* A layer of the inputs of a list. Returns which groups of its outputs are not zero, if there are 64 at
 * most. */
PICKET_INLINE uint64_t picket_first_integers(const picket_integer_layer *layer,
                                             const picket_list *list, const void *groups,
                                             void *output) {
  const long wide = picket_wide_outputs(layer);
  uint64_t some = 0;
  long at = 0;
  for (; at + 128 <= wide; at += 128)
    some |= picket_first_block(layer, list, groups, output, at, 8);
  for (; at + 64 <= wide; at += 64)
    some |= picket_first_block(layer, list, groups, output, at, 4);
  for (; at < layer->stride; at += 16)
    some |= picket_first_block(layer, list, groups, output, at, 1);
  return some;
}

/* Four bytes in all words. */
PICKET_INLINE __m512i picket_all_words(const char *bytes) {
  int word;
  __builtin_memcpy(&word, bytes, 4);
  return _mm512_set1_epi32(word);
}

/* Adds four groups of one record: its inputs in one load, for loads are what there is too little of. */
PICKET_INLINE void picket_add_four(__m512i *sums, const char *column, long group_bytes,
                                   const char *inputs, const int vectors, const int chains) {
  __m512i four = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)inputs));
  __asm__("" : "+v"(four)); /* or the compiler makes four loads of it */
  const __m512i each[4] = {_mm512_shuffle_epi32(four, 0x00), _mm512_shuffle_epi32(four, 0x55),
                           _mm512_shuffle_epi32(four, 0xAA), _mm512_shuffle_epi32(four, 0xFF)};
  PICKET_UNROLL
  for (int g = 0; g < 4; g++)
    picket_add_group(sums + g % chains * vectors, column + g * group_bytes, each + g, vectors, 1);
}

/* Adds up the chains of sums. */
PICKET_INLINE void picket_join_chains(__m512i *sums, const int vectors, const int chains) {
  PICKET_UNROLL
  for (int half = chains / 2; half > 0; half /= 2) {
    PICKET_UNROLL
    for (int i = 0; i < half * vectors; i++)
      sums[i] = _mm512_add_epi32(sums[i], sums[half * vectors + i]);
  }
}

/* Which of at most 64 groups of inputs are not zero, of any of some records. Inputs are read up to a
 * multiple of 64 bytes. */
PICKET_INLINE uint64_t picket_some_groups(const char *inputs, long record_bytes, long groups,
                                          const int records) {
  uint64_t some = 0;
  for (long k = 0; k < groups; k += 16) {
    __m512i any = _mm512_loadu_si512(inputs + k * 4);
    PICKET_UNROLL
    for (int r = 1; r < records; r++)
      any = _mm512_or_si512(any, _mm512_loadu_si512(inputs + r * record_bytes + k * 4));
    some |= (uint64_t)_mm512_test_epi32_mask(any, any) << k;
  }
  return some & ~(uint64_t)0 >> (64 - groups);
}

/* Adds a group of inputs of each of some records, `record_bytes` apart, to its sums. */
PICKET_INLINE void picket_add_of_each(__m512i *sums, const char *column, const char *inputs,
                                      long record_bytes, const int vectors, const int records) {
  __m512i words[4];
  PICKET_UNROLL
  for (int r = 0; r < records; r++) words[r] = picket_all_words(inputs + r * record_bytes);
  picket_add_group(sums, column, words, vectors, records);
}

/* `vectors` times sixteen neighbouring outputs, from output `at` on, of two records or of four: of `some`
 * groups of inputs or, if that is 0, of all. */
PICKET_INLINE void picket_four_block(const picket_integer_layer *layer, const char *inputs,
                                     uint64_t some, char *outputs, long record_bytes, long at,
                                     const int vectors, const int records) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const long group_bytes = layer->stride * 4;
  __m512i sums[16];
  PICKET_UNROLL
  for (int i = 0; i < records * vectors; i++) sums[i] = _mm512_loadu_si512(bias + i % vectors * 64);
  if (some) do {
      const long k = __builtin_ctzll(some);
      picket_add_of_each(sums, column + k * group_bytes, inputs + k * 4, record_bytes, vectors,
                         records);
      some &= some - 1;
    } while (some);
  else {
    const char *end = inputs + layer->groups * 4;
    do {
      picket_add_of_each(sums, column, inputs, record_bytes, vectors, records);
      column += group_bytes;
      inputs += 4;
    } while (inputs < end);
  }
  picket_finish(layer, sums, at, outputs, record_bytes, vectors, records);
}

/* How many times sixteen outputs of a layer are taken at a time: 4, 2 or 1. */
PICKET_INLINE int picket_vectors(const picket_integer_layer *layer) {
  return !layer->shift || layer->stride % 32 ? 1 : layer->stride % 64 ? 2 : 4;
}

/* A layer of inputs of seven bits of four records, by `vectors` as above. */
PICKET_INLINE void picket_next_four(const picket_integer_layer *layer, const char *inputs,
                                    char *outputs, long record_bytes, const int vectors) {
  const long groups = layer->groups;
  /* Of few groups hardly one is zero in all records: it would take longer to look than to add. */
  const int looks = groups > 16 && groups <= 64;
  /* Of two records fewer groups are not zero in either than of four. */
  const int records = vectors == 4 ? 2 : 4;
  PICKET_ROLL
  for (int left = 4 / records; left; left--) {
    const uint64_t some = looks ? picket_some_groups(inputs, record_bytes, groups, records) : 0;
    long at = 0;
    do picket_four_block(layer, inputs, some, outputs, record_bytes, at, vectors, records);
    while ((at += 16 * vectors) < layer->stride);
    inputs += records * record_bytes;
    outputs += records * record_bytes;
  }
}

/*
 * `vectors` times sixteen neighbouring outputs of one record, from output `at` on, of so many fours of
 * groups, and of those that fill none. There are `chains` sums of each, to hide the latency of additions.
 */
PICKET_INLINE uint64_t picket_one_block(const picket_integer_layer *layer, const char *inputs,
                                        long fours, char *outputs, long at, const int vectors,
                                        const int chains) {
  const char *column = layer->weights + at * 4;
  const long group_bytes = layer->stride * 4;
  __m512i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors * chains; i++)
    sums[i] = i < vectors ? _mm512_loadu_si512(layer->bias + at * 4 + i * 64)
                          : _mm512_setzero_si512();
  if (fours) do {
      picket_add_four(sums, column, group_bytes, inputs, vectors, chains);
      column += 4 * group_bytes;
      inputs += 16;
      __asm__("" : "+r"(column)); /* or the compiler keeps a pointer to each of the four */
    } while (--fours);
  for (long ones = layer->groups % 4; ones; ones--, column += group_bytes, inputs += 4) {
    const __m512i word = picket_all_words(inputs);
    picket_add_group(sums, column, &word, vectors, 1);
  }
  picket_join_chains(sums, vectors, chains);
  return picket_finish(layer, sums, at, outputs, 0, vectors, 1);
}

/* How many fours of groups are to be added up: behind the last that is not zero there are none. */
PICKET_INLINE long picket_fours(const picket_integer_layer *layer, uint64_t some) {
  if (layer->groups > 64 || layer->groups % 4 != 0) return layer->groups / 4;
  return (64 - __builtin_clzll(some | 1) + 3) / 4;
}

/* The same of inputs of seven bits of one record, of which `given` groups are not zero. */
PICKET_INLINE uint64_t picket_next_one(const picket_integer_layer *layer, const void *inputs,
                                       uint64_t given, void *outputs) {
  const long wide = picket_wide_outputs(layer), fours = picket_fours(layer, given);
  uint64_t some = 0;
  long at = 0;
  for (; at + 64 <= wide; at += 64)
    some |= picket_one_block(layer, inputs, fours, outputs, at, 4, 2);
  for (; at + 32 <= wide; at += 32)
    some |= picket_one_block(layer, inputs, fours, outputs, at, 2, 4);
  for (; at < layer->stride; at += 16)
    some |= picket_one_block(layer, inputs, fours, outputs, at, 1, 4);
  return some;
}

#endif /* PICKET_VNNI */

#endif /* PICKET_INTEGER_VNNI_H */
