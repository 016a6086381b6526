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
PICKET_INLINE __m256i picket_inputs(const float *record, const picket_fields *f, long span,
                                    const int from, __m256 *outside) {
  const __m256i there = picket_places(f->spans->mask[span], from);
  const long at = f->spans->field[span] + from;
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

/* Lists the words of all spans of a record, one after the other; then their offsets. Returns whether a
 * field lies out of its range. */
PICKET_INLINE uint32_t picket_list_spans(const float *record, const picket_fields *f, char *words,
                                         uint64_t *found) {
  char *offsets = words + picket_word_bytes(f->span_count);
  const __m128i steps =
      _mm_mullo_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)f->group_bytes));
  uint64_t some = 0;
  __m256 outside = _mm256_setzero_ps();
  PICKET_ROLL
  for (long i = 0; i < f->span_count; i++) {
    const __m256i low = picket_inputs(record, f, i, 0, &outside);
    __m256i high = _mm256_setzero_si256();
    if (f->spans->mask[i] >> 8) high = picket_inputs(record, f, i, 8, &outside);
    const __m256i sixteen = _mm256_packs_epi32(low, high);
    /* Words 0 and 2, then 1 and 3. */
    const __m256i mixed = _mm256_packs_epi16(sixteen, sixteen);
    const __m128i four = _mm_unpacklo_epi32(_mm256_castsi256_si128(mixed),
                                            _mm256_extracti128_si256(mixed, 1));
    const __m128i none = _mm_cmpeq_epi32(four, _mm_setzero_si128());
    _mm_storeu_si128((__m128i *)(words + 16 * i), four);
    _mm_storeu_si128((__m128i *)(offsets + 16 * i),
                     _mm_add_epi32(steps, _mm_set1_epi32((int)(f->spans->group[i] * f->group_bytes))));
    some |= (uint64_t)(~_mm_movemask_ps(_mm_castsi128_ps(none)) & 15) << 4 * i;
  }
  *found = some;
  return _mm256_movemask_ps(outside) != 0;
}

#endif /* PICKET_GROUPS_AVX2_H */
