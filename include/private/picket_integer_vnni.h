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
PICKET_INLINE void picket_finish(const picket_integer_layer *layer, const __m512i *sums, long at,
                                 char *outputs, long record_bytes, const int vectors,
                                 const int records) {
  if (vectors > 1 || layer->shift) {
    picket_finish_bytes(layer, sums, at, outputs, record_bytes, vectors, records);
    return;
  }
  const __m512 scale = _mm512_loadu_ps(layer->scale + at * 4);
  PICKET_UNROLL
  for (int r = 0; r < records; r++)
    _mm512_storeu_ps(outputs + r * record_bytes + at * 4,
                     _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r]), scale));
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

/* The sums of `vectors` times sixteen neighbouring outputs of a list, one of `lists` beside each other,
 * from output `at` on. */
PICKET_INLINE void picket_add_list(const picket_integer_layer *layer, picket_listed list,
                                   __m512i *sums, long at, const int vectors, const uint64_t lists) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) sums[i] = _mm512_loadu_si512(bias + i * 64);
  PICKET_ROLL
  for (const picket_group *group = list.one_hots; group < list.end; group++) {
    const __m512i inputs = _mm512_set1_epi32((int)group->inputs);
    picket_add_group(sums, column + group->offset, &inputs, vectors, 1);
  }
  for (uint64_t some = list.some; some; some &= some - 1) {
    const uint64_t k = (uint64_t)__builtin_ctzll(some);
    const __m512i inputs = _mm512_set1_epi32((int)list.words[k * lists]);
    picket_add_group(sums, column + list.offsets[k], &inputs, vectors, 1);
  }
}

/* `vectors` times sixteen neighbouring outputs of a list, from output `at` on. */
PICKET_INLINE uint64_t picket_first_block(const picket_integer_layer *layer, picket_listed list,
                                          char *output, long at, const int vectors) {
  __m512i sums[8];
  picket_add_list(layer, list, sums, at, vectors, 1);
  return picket_finish_bytes(layer, sums, at, output, 0, vectors, 1);
}

/* A layer of the inputs of a list, that shifts. Returns which groups of its outputs are not zero, if there
 * are 64 at most. */
PICKET_INLINE uint64_t picket_first_integers(const picket_integer_layer *layer, picket_listed list,
                                             void *output) {
  uint64_t some = 0;
  long at = 0;
  for (; at + 128 <= layer->stride; at += 128)
    some |= picket_first_block(layer, list, output, at, 8);
  for (; at + 64 <= layer->stride; at += 64)
    some |= picket_first_block(layer, list, output, at, 4);
  for (; at < layer->stride; at += 16) some |= picket_first_block(layer, list, output, at, 1);
  return some;
}

/* A layer that shifts, of the inputs of two of four lists, whose outputs lie `record_bytes` apart. */
PICKET_INLINE void picket_first_two(const picket_integer_layer *layer, picket_listed first,
                                    picket_listed second, char *outputs, long record_bytes, long at,
                                    const int vectors) {
  __m512i sums[16];
  picket_add_list(layer, first, sums, at, vectors, 4);
  picket_add_list(layer, second, sums + vectors, at, vectors, 4);
  picket_finish_bytes(layer, sums, at, outputs, record_bytes, vectors, 2);
}

/* Such a layer, of the four lists that picket_list_four makes. */
PICKET_INLINE void picket_first_four(const picket_integer_layer *layer, const picket_list *heads,
                                     const void *lists, long spans, long one_hots, char *outputs,
                                     long record_bytes) {
  const long word_bytes = picket_word_bytes(spans), group_bytes = picket_one_hot_bytes(one_hots);
  const char *words = lists, *offsets = words + 4 * word_bytes, *groups = offsets + word_bytes;
  PICKET_ROLL
  for (int left = 2; left; left--) {
    picket_listed two[2];
    PICKET_UNROLL
    for (int r = 0; r < 2; r++) {
      const picket_group *start = (const picket_group *)groups;
      two[r] = (picket_listed){(const uint32_t *)words, (const uint32_t *)offsets, start,
                               start + one_hots, heads->some};
      words += 4, groups += group_bytes, heads++;
    }
    long at = 0;
    for (; at + 128 <= layer->stride; at += 128)
      picket_first_two(layer, two[0], two[1], outputs, record_bytes, at, 8);
    for (; at + 64 <= layer->stride; at += 64)
      picket_first_two(layer, two[0], two[1], outputs, record_bytes, at, 4);
    for (; at < layer->stride; at += 16)
      picket_first_two(layer, two[0], two[1], outputs, record_bytes, at, 1);
    outputs += 2 * record_bytes;
  }
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
 * The sums of `vectors` times sixteen neighbouring outputs of one record, from output `at` on, of so many
 * fours of groups, one at least. There are `chains` of each, to hide the latency of additions.
 */
PICKET_INLINE void picket_add_one(const picket_integer_layer *layer, const char *inputs, long fours,
                                  __m512i *sums, long at, const int vectors, const int chains) {
  const char *column = layer->weights + at * 4;
  const long group_bytes = layer->stride * 4;
  PICKET_UNROLL
  for (int i = 0; i < vectors * chains; i++)
    sums[i] = i < vectors ? _mm512_loadu_si512(layer->bias + at * 4 + i * 64)
                          : _mm512_setzero_si512();
  do {
    picket_add_four(sums, column, group_bytes, inputs, vectors, chains);
    column += 4 * group_bytes;
    inputs += 16;
    __asm__("" : "+r"(column)); /* or the compiler keeps a pointer to each of the four */
  } while (--fours);
  picket_join_chains(sums, vectors, chains);
}

/* How many fours of groups are to be added up: behind the last that is not zero there are none. */
PICKET_INLINE long picket_fours(const picket_integer_layer *layer, uint64_t some) {
  const long last = (67 - (long)__builtin_clzll(some | 1)) >> 2;
  return layer->groups > 64 ? layer->groups / 4 : last;
}

/* A layer of inputs of seven bits of one record that shifts, of whole fours of groups, of which `given`
 * groups are not zero. */
PICKET_INLINE uint64_t picket_next_one(const picket_integer_layer *layer, const char *inputs,
                                       uint64_t given, char *outputs) {
  const long fours = picket_fours(layer, given);
  uint64_t some = 0;
  long at = 0;
  __m512i sums[8];
#define PICKET_BLOCKS(vectors, chains)                                    \
  do {                                                                   \
    picket_add_one(layer, inputs, fours, sums, at, vectors, chains);      \
    some |= picket_finish_bytes(layer, sums, at, outputs, 0, vectors, 1); \
  } while ((at += 16 * vectors) < layer->stride)
  switch (picket_vectors(layer)) {
    case 4: PICKET_BLOCKS(4, 2); break;
    case 2: PICKET_BLOCKS(2, 4); break;
    default: PICKET_BLOCKS(1, 4);
  }
#undef PICKET_BLOCKS
  return some;
}

/* The outputs of the last such layer: eight at most, and zeros behind them. */
PICKET_INLINE picket_float32x8 picket_last_eight(const picket_integer_layer *layer,
                                                 const char *inputs, uint64_t given) {
  __m512i sums[4];
  picket_add_one(layer, inputs, picket_fours(layer, given), sums, 0, 1, 4);
  return _mm256_mul_ps(_mm256_cvtepi32_ps(_mm512_castsi512_si256(sums[0])),
                       _mm256_loadu_ps((const float *)layer->scale));
}

#endif /* PICKET_VNNI */

#endif /* PICKET_INTEGER_VNNI_H */
