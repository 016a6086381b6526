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
  return _mm256_cvtps_epi32(_mm256_mul_ps(value, _mm256_set1_ps(16383)));
}

/*
 * Lists the groups of all spans of a record: first the inputs 0, 2, 1 and 3 of all groups, sixteen bits
 * each, then where the weights of each start, in bytes; and which are not zero: bit k for group k. Returns
 * whether a field lies out of its range.
 */
PICKET_INLINE uint32_t picket_list_spans(const float *record, long stride, const picket_fields *f,
                                         char *list, uint64_t *found, const int records) {
  (void)stride, (void)records; /* one */
  __m256i *inputs = (__m256i *)list;
  __m128i *offsets = (__m128i *)(inputs + f->span_count);
  const __m128i steps =
      _mm_mullo_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)f->group_bytes));
  uint64_t some = 0;
  __m256 outside = _mm256_setzero_ps();
  PICKET_ROLL
  for (uint32_t i = 0; i < f->span_count; i++) {
    const picket_span *span = &f->spans[i];
    /* Groups 0, 2, 1 and 3, which are then put in order. */
    const __m256i mixed = _mm256_packs_epi32(picket_inputs(record, f, span, 0, &outside),
                                             picket_inputs(record, f, span, 8, &outside));
    const __m256i words = _mm256_permute4x64_epi64(mixed, 0xD8);
    const __m256i none = _mm256_cmpeq_epi64(words, _mm256_setzero_si256());
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15));
    _mm256_storeu_si256(inputs + i, _mm256_shuffle_epi8(words, pairs));
    _mm_storeu_si128(offsets + i,
                     _mm_add_epi32(steps, _mm_set1_epi32((int)(span->group * f->group_bytes))));
    some |= (uint64_t)(~_mm256_movemask_pd(_mm256_castsi256_pd(none)) & 15) << 4 * i;
  }
  *found = some;
  return _mm256_movemask_ps(outside) != 0;
}

#endif /* PICKET_GROUPS_AVX2_H */
