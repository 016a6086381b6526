/* Fields into groups of inputs on processors with AVX-512 and VNNI: see picket_groups.h. */
#ifndef PICKET_GROUPS_AVX512_H
#define PICKET_GROUPS_AVX512_H

/* Which of some fields lie in their ranges. */
PICKET_INLINE __mmask16 picket_within(__mmask16 some, __m512 x, const picket_fields *f, long at) {
  some = _mm512_mask_cmp_ps_mask(some, x, _mm512_loadu_ps(f->minimums + at), _CMP_GE_OQ);
  return _mm512_mask_cmp_ps_mask(some, x, _mm512_loadu_ps(f->maximums + at), _CMP_LE_OQ);
}

/* Whether any field lies out of its range, as all do that are no finite numbers. */
PICKET_INLINE uint32_t picket_any_outside_range(const float *record, const picket_fields *f) {
  __mmask16 within = 0xFFFF;
  long at = 0;
  PICKET_ROLL
  for (; at + 16 <= f->fields; at += 16)
    within = picket_within(within, _mm512_loadu_ps(record + at), f, at);
  if (at == f->fields) return within != 0xFFFF;
  const __mmask16 there = (__mmask16)((1u << (f->fields - at)) - 1);
  const __mmask16 rest = picket_within(there, _mm512_maskz_loadu_ps(there, record + at), f, at);
  return within != 0xFFFF || rest != there;
}

/* The four groups of a span: the places 0, 2, 4 and 6 are not 0 if a group is not zero. */
PICKET_INLINE __m512i picket_span_groups(const float *record, const picket_fields *f,
                                         const picket_span *span) {
  const __mmask16 there = span->mask;
  const long at = span->field;
  const __m512 minimum = _mm512_maskz_loadu_ps(there, f->minimums + at);
  const __m512 scaled =
      _mm512_mul_ps(_mm512_sub_ps(_mm512_maskz_loadu_ps(there, record + at), minimum),
                    _mm512_maskz_loadu_ps(there, f->scales + at));
  /* The second one if the first is no number. */
  const __m512 value =
      _mm512_min_ps(_mm512_max_ps(scaled, _mm512_setzero_ps()), _mm512_set1_ps(1));
  const __m512i input = _mm512_cvtps_epi32(_mm512_mul_ps(value, _mm512_set1_ps(16383)));
  /* The lower seven bits in byte 0, the upper ones in byte 1; then four of each side by side. */
  const __m512i digits =
      _mm512_add_epi32(input, _mm512_and_si512(input, _mm512_set1_epi32(0x3F80)));
  const __m512i order = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, -1, -1, -1, -1, -1, -1, -1, -1));
  return _mm512_shuffle_epi8(digits, order);
}

/* Lists the groups of all spans. Returns which are not zero: bit 2 k for group k. */
PICKET_INLINE uint64_t picket_list_spans(const float *record, const picket_fields *f,
                                         picket_group *groups) {
  const __m512i steps = _mm512_mullo_epi32(
      _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0),
      _mm512_set1_epi32((int)f->group_bytes));
  uint64_t some = 0;
  PICKET_ROLL
  for (uint32_t i = 0; i < f->span_count; i++) {
    const __m512i sides = picket_span_groups(record, f, &f->spans[i]);
    const __m512i start = _mm512_set1_epi32((int)(f->spans[i].group * f->group_bytes));
    _mm512_storeu_si512(groups + 4 * i, _mm512_mask_add_epi32(sides, 0x4444, steps, start));
    some |= (uint64_t)_mm512_test_epi64_mask(sides, sides) << 8 * i;
  }
  return some;
}

#endif /* PICKET_GROUPS_AVX512_H */
