/* Fields into groups of inputs on processors with AVX-512 and VNNI: see picket_groups.h. */
#ifndef PICKET_GROUPS_AVX512_H
#define PICKET_GROUPS_AVX512_H

/* The four groups of sixteen inputs, in the places 0, 4, 8 and 12; the others are 0. */
PICKET_INLINE __m512i picket_groups_of(__m512 x, __m512 minimum, __m512 scale) {
  const __m512 scaled = _mm512_mul_ps(_mm512_sub_ps(x, minimum), scale);
  /* The second one if the first is no number. */
  const __m512 value =
      _mm512_min_ps(_mm512_max_ps(scaled, _mm512_setzero_ps()), _mm512_set1_ps(1));
  const __m512i inputs = _mm512_cvtps_epi32(_mm512_mul_ps(value, _mm512_set1_ps(127)));
  const __m512i order = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  return _mm512_shuffle_epi8(inputs, order);
}

/* Lists the groups of all spans of some records, and of each which are not zero: bit 2 k for group k.
 * Returns which records have a field out of its range. */
PICKET_INLINE uint32_t picket_list_spans(const float *record, long stride, const picket_fields *f,
                                         char *lists, uint64_t *some, const int records) {
  const __m512i steps = _mm512_mullo_epi32(
      _mm512_setr_epi32(0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0),
      _mm512_set1_epi32((int)f->group_bytes));
  __mmask16 within[4];
  PICKET_UNROLL
  for (int r = 0; r < records; r++) {
    some[r] = 0;
    within[r] = 0xFFFF;
  }
  PICKET_ROLL
  for (uint32_t i = 0; i < f->span_count; i++) {
    const picket_span *span = &f->spans[i];
    const __mmask16 there = span->mask;
    const long at = span->field;
    const __m512 minimum = _mm512_maskz_loadu_ps(there, f->minimums + at);
    const __m512 maximum = _mm512_maskz_loadu_ps(there, f->maximums + at);
    const __m512 scale = _mm512_maskz_loadu_ps(there, f->scales + at);
    const __m512i start = _mm512_add_epi32(
        steps, _mm512_set1_epi32((int)(span->group * f->group_bytes)));
    PICKET_UNROLL
    for (int r = 0; r < records; r++) {
      const __m512 x = _mm512_maskz_loadu_ps(there, record + r * stride + at);
      within[r] = _mm512_mask_cmp_ps_mask(within[r], x, minimum, _CMP_GE_OQ);
      within[r] = _mm512_mask_cmp_ps_mask(within[r], x, maximum, _CMP_LE_OQ);
      const __m512i groups = picket_groups_of(x, minimum, scale);
      _mm512_storeu_si512(lists + r * f->list_bytes + 64 * i,
                          _mm512_mask_mov_epi32(groups, 0x2222, start));
      some[r] |= (uint64_t)_mm512_test_epi64_mask(groups, groups) << 8 * i;
    }
  }
  uint32_t bits = 0;
  PICKET_UNROLL
  for (int r = 0; r < records; r++) bits |= (uint32_t)(within[r] != 0xFFFF) << r;
  return bits;
}

#endif /* PICKET_GROUPS_AVX512_H */
