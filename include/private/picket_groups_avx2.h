/* Fields into groups of inputs on processors with AVX2: see picket_groups.h. */
#ifndef PICKET_GROUPS_AVX2_H
#define PICKET_GROUPS_AVX2_H

/* All ones in those of eight places that bits of a mask, from bit `from` on, stand for. */
PICKET_INLINE __m256i picket_places(uint32_t mask, const int from) {
  const __m256i bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  const __m256i each = _mm256_and_si256(_mm256_set1_epi32((int)(mask >> from)), bits);
  return _mm256_cmpeq_epi32(each, bits);
}

/* Eight inputs, zeros where a span has none. All ones go where a field lies out of its range. */
PICKET_INLINE __m256i picket_inputs(const float *record, const picket_fields *f,
                                    const picket_span *span, const int from, __m256 *outside) {
  const __m256i there = picket_places(span->mask, from);
  const long at = span->field + from;
  const __m256 minimum = _mm256_maskload_ps(f->minimums + at, there);
  const __m256 x = _mm256_maskload_ps(record + at, there);
  const __m256 maximum = _mm256_maskload_ps(f->maximums + at, there);
  *outside = _mm256_or_ps(*outside, _mm256_or_ps(_mm256_cmp_ps(x, minimum, _CMP_NGE_UQ),
                                                 _mm256_cmp_ps(x, maximum, _CMP_NLE_UQ)));
  const __m256 scaled =
      _mm256_mul_ps(_mm256_sub_ps(x, minimum), _mm256_maskload_ps(f->scales + at, there));
  /* The second one if the first is no number. */
  const __m256 value =
      _mm256_min_ps(_mm256_max_ps(scaled, _mm256_setzero_ps()), _mm256_set1_ps(1));
  return _mm256_cvtps_epi32(_mm256_mul_ps(value, _mm256_set1_ps(127)));
}

/*
 * Lists the groups of all spans of a record: first the inputs of all groups, then where the weights of
 * each start, in bytes; and which are not zero: bit k for group k. Returns whether a field lies out of
 * its range.
 */
PICKET_INLINE uint32_t picket_list_spans(const float *record, long stride, const picket_fields *f,
                                         char *list, uint64_t *found, const int records) {
  (void)stride, (void)records; /* one */
  __m128i *inputs = (__m128i *)list, *offsets = inputs + f->span_count;
  const __m128i steps =
      _mm_mullo_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)f->group_bytes));
  uint64_t some = 0;
  __m256 outside = _mm256_setzero_ps();
  PICKET_ROLL
  for (uint32_t i = 0; i < f->span_count; i++) {
    const picket_span *span = &f->spans[i];
    const __m256i low = picket_inputs(record, f, span, 0, &outside);
    __m256i high = _mm256_setzero_si256();
    if (span->mask >> 8) high = picket_inputs(record, f, span, 8, &outside);
    const __m256i words = _mm256_packs_epi32(low, high);
    /* Groups 0 and 2, then 1 and 3. */
    const __m256i mixed = _mm256_packs_epi16(words, words);
    const __m128i groups = _mm_unpacklo_epi32(_mm256_castsi256_si128(mixed),
                                              _mm256_extracti128_si256(mixed, 1));
    const __m128i none = _mm_cmpeq_epi32(groups, _mm_setzero_si128());
    _mm_storeu_si128(inputs + i, groups);
    _mm_storeu_si128(offsets + i,
                     _mm_add_epi32(steps, _mm_set1_epi32((int)(span->group * f->group_bytes))));
    some |= (uint64_t)(~_mm_movemask_ps(_mm_castsi128_ps(none)) & 15) << 4 * i;
  }
  *found = some;
  return _mm256_movemask_ps(outside) != 0;
}

#endif /* PICKET_GROUPS_AVX2_H */
