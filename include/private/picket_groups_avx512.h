/* Fields into groups of inputs on processors with AVX-512 and VNNI: see picket_groups.h. */
#ifndef PICKET_GROUPS_AVX512_H
#define PICKET_GROUPS_AVX512_H

/* What sixteen fields become inputs by, zeros where a span has none. */
typedef struct {
  __m512 minimum, maximum, scale;
  __mmask16 there;
  long at;
} picket_ranges;

PICKET_INLINE picket_ranges picket_ranges_of(const picket_fields *f, long span) {
  const __mmask16 there = f->spans->mask[span];
  const long at = f->spans->field[span];
  return (picket_ranges){_mm512_maskz_loadu_ps(there, f->minimums + at),
                         _mm512_maskz_loadu_ps(there, f->maximums + at),
                         _mm512_maskz_loadu_ps(there, f->scales + at), there, at};
}

/* Sixteen inputs, zeros where a span has none, or what is below 0. Of the mask `within` goes where a field
 * lies out of its range. */
PICKET_INLINE __m512i picket_inputs(const float *record, picket_ranges f, __mmask16 *within) {
  const __m512 x = _mm512_maskz_loadu_ps(f.there, record + f.at);
  *within = _mm512_mask_cmp_ps_mask(*within, x, f.minimum, _CMP_GE_OQ);
  *within = _mm512_mask_cmp_ps_mask(*within, x, f.maximum, _CMP_LE_OQ);
  const __m512 scaled = _mm512_mul_ps(_mm512_sub_ps(x, f.minimum), f.scale);
  /* The second one if the first is no number. */
  const __m512 value = _mm512_min_ps(scaled, _mm512_set1_ps(1));
  return _mm512_cvtps_epi32(_mm512_mul_ps(value, _mm512_set1_ps(127)));
}

/* Four times sixteen inputs as bytes: of each the first word, then of each the second, ... */
PICKET_INLINE __m512i picket_words_of(const __m512i *inputs) {
  return _mm512_max_epi8(_mm512_packs_epi16(_mm512_packs_epi32(inputs[0], inputs[1]),
                                            _mm512_packs_epi32(inputs[2], inputs[3])),
                         _mm512_setzero_si512());
}

/*
 * Lists the words of all spans of a record: of four spans each one's first, then each one's second, ...;
 * then their offsets. Returns whether a field lies out of its range.
 */
PICKET_INLINE uint32_t picket_list_spans(const float *record, const picket_fields *f, char *words,
                                         uint64_t *found) {
  char *offsets = words + picket_word_bytes(f->span_count);
  const __m512i steps = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  uint64_t some = 0;
  __mmask16 within = 0xFFFF;
  PICKET_ROLL
  for (long i = 0; i < f->span_count; i += 4) {
    const __m128i first =
        _mm_cvtepu16_epi32(_mm_loadl_epi64((const __m128i *)(f->spans->group + i)));
    _mm512_storeu_si512(offsets + 16 * i,
                        _mm512_mullo_epi32(_mm512_add_epi32(steps, _mm512_broadcast_i32x4(first)),
                                           _mm512_set1_epi32((int)f->group_bytes)));
    __m512i inputs[4];
    PICKET_UNROLL
    for (int s = 0; s < 4; s++)
      inputs[s] = picket_inputs(record, picket_ranges_of(f, i + s), &within);
    const __m512i bytes = picket_words_of(inputs);
    _mm512_storeu_si512(words + 16 * i, bytes);
    some |= (uint64_t)_mm512_test_epi32_mask(bytes, bytes) << 4 * i;
  }
  *found = some;
  return within != 0xFFFF;
}

/* Lists a group for each symbolic field of four records, `stride` apart; the groups of each are together.
 * Returns which records are doubtful, bit r of record r. */
PICKET_INLINE uint32_t picket_list_four_one_hots(const float *record, long stride,
                                                 const picket_fields *f, char *groups) {
  uint32_t doubtful = 0;
  const long bytes = picket_one_hot_bytes(f->one_hot_count);
  const uint32_t *one_hot = f->one_hots;
  PICKET_ROLL
  for (const uint32_t *end = one_hot + 2 * f->one_hot_count; one_hot < end; one_hot += 2) {
    const long field = one_hot[0];
    const float *at = record + field;
    const __m128 x = _mm_setr_ps(*at, at[stride], at[2 * stride], at[3 * stride]);
    doubtful |= picket_no_categories(x, _mm_set1_ps(f->maximums[field]));
    __m128i pairs[2];
    picket_one_hot_groups(x, _mm_set1_epi32((int)one_hot[1]), f, pairs);
    PICKET_UNROLL
    for (int r = 0; r < 4; r += 2) {
      _mm_storel_epi64((__m128i *)(groups + r * bytes), pairs[r / 2]);
      _mm_storeh_pd((double *)(groups + (r + 1) * bytes), _mm_castsi128_pd(pairs[r / 2]));
    }
    groups += sizeof(picket_group);
  }
  return doubtful;
}

/*
 * The lists of four records, `stride` apart, in the memory of four: the words of all, of each span the
 * first of each record, then the second of each, ...; the offsets; the groups of one-hots of each. Fetches
 * as many records behind them. Returns which records are doubtful, bit r of record r.
 */
PICKET_INLINE uint32_t picket_list_four(const float *record, long stride, const picket_fields *f,
                                        char *lists, picket_list *heads) {
  picket_fetch_records(record + 4 * stride, stride, f->fields, 4);
  const long bytes = picket_word_bytes(f->span_count);
  char *offsets = lists + 4 * bytes;
  uint32_t doubtful = picket_list_four_one_hots(record, stride, f, offsets + bytes);
  const __m128i steps =
      _mm_mullo_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)f->group_bytes));
  uint64_t some[4] = {0};
  __mmask16 within[4] = {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF};
  PICKET_ROLL
  for (long i = 0; i < f->span_count; i++) {
    const picket_ranges ranges = picket_ranges_of(f, i);
    _mm_storeu_si128(
        (__m128i *)(offsets + 16 * i),
        _mm_add_epi32(steps, _mm_set1_epi32((int)(f->spans->group[i] * f->group_bytes))));
    __m512i inputs[4];
    PICKET_UNROLL
    for (int r = 0; r < 4; r++) inputs[r] = picket_inputs(record + r * stride, ranges, within + r);
    const __m512i words = picket_words_of(inputs);
    _mm512_storeu_si512(lists + 64 * i, words);
    const uint32_t any = _mm512_test_epi32_mask(words, words);
    PICKET_UNROLL
    for (int r = 0; r < 4; r++) some[r] |= (uint64_t)_pext_u32(any, 0x1111u << r) << 4 * i;
  }
  PICKET_UNROLL
  for (int r = 0; r < 4; r++) {
    heads[r].some = some[r];
    heads[r].flags = 0;
    doubtful |= (uint32_t)(within[r] != 0xFFFF) << r;
  }
  return doubtful;
}

#endif /* PICKET_GROUPS_AVX512_H */
