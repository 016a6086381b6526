#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static unsigned char scratch[PICKET_SCRATCH_MAX];

static int near(double got, double want, double relative) {
  return fabs(got - want) <= relative * fabs(want);
}

/* Looks at every golden record of this byte order. */
#define EACH_RECORD(g, i)                                     \
  for (golden *g = goldens; g < goldens + golden_count; g++)  \
    for (size_t i = 0; g->native && i < g->records; i++)

static void golden_scores_agree_with_the_oracle(void **state) {
  (void)state;
  size_t scored = 0, overflows = 0, wrong = 0;
  EACH_RECORD(g, i) {
    const expected *want = &g->want[i];
    picket_result got = {0, 0, 0};
    int32_t status = picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &got);
    if (status != want->status ||
        (status == PICKET_OK && (!near(got.score, want->score, 1e-5) ||
                                 !near(got.p_value, want->p_value, 1e-4) ||
                                 got.flags != want->flags))) {
      print_error("%s, record %zu: status %d, score %.9g, p %.9g, flags %u\n", g->name, i,
                  (int)status, got.score, got.p_value, (unsigned)got.flags);
      print_error("%s, should be: status %d, score %.9g, p %.9g, flags %u\n", g->name,
                  (int)want->status, want->score, want->p_value, (unsigned)want->flags);
      wrong++;
    }
    scored += status == PICKET_OK;
    overflows += status == PICKET_E_OVERFLOW;
  }
  expect(wrong == 0, "%zu records", wrong);
  if (is_big_endian())
    expect(scored > 0, "no record was scored");
  else
    expect(scored > 300 && overflows == 33, "%zu scored, %zu overflow", scored, overflows);
}

static void p_value_follows_from_the_score(const golden *g, const float *record) {
  picket_result result;
  picket_info info;
  float p;
  assert_int_equal(picket_score(&g->model, record, scratch, sizeof scratch, &result), PICKET_OK);
  assert_int_equal(picket_p_value(&g->model, result.score, &p), PICKET_OK);
  expect(memcmp(&p, &result.p_value, sizeof p) == 0, "%s: p-value %g, not %g, of %.9g", g->name,
         result.p_value, p, result.score);
  assert_int_equal(picket_model_info(&g->model, &info), PICKET_OK);
  if (result.flags & PICKET_FLAG_BEYOND_TABLE) assert_true(p == info.smallest_budget);
}

static void p_value_and_beyond_flag_follow_from_the_score(void **state) {
  (void)state;
  EACH_RECORD(g, i)
    if (g->want[i].status == PICKET_OK)
      p_value_follows_from_the_score(g, record_at(g, i));
}

/* Scores from all parts of a long table: records of a model's file but hit few. */
static void p_values_of_random_records_follow_from_the_score(void **state) {
  (void)state;
  const char *const names[] = {"anoean-integer-unit-points", "anoean-integer-unit-table"};
  uint64_t seed = 48;
  for (size_t n = 0; n < COUNT(names) && !is_big_endian(); n++) {
    golden *g = golden_named(names[n]);
    float *record = malloc(g->fields * sizeof *record);
    assert_non_null(record);
    for (int round = 0; round < 3000; round++) {
      random_record(&g->model, &seed, record);
      p_value_follows_from_the_score(g, record);
    }
    free(record);
  }
}

static void the_same_record_gives_the_same_bits(void **state) {
  (void)state;
  EACH_RECORD(g, i) {
    picket_result first, again;
    if (g->want[i].status != PICKET_OK) continue;
    memset(scratch, 0, sizeof scratch);
    assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &first),
                     PICKET_OK);
    memset(scratch, 0xFF, sizeof scratch); /* every float a NaN */
    assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &again),
                     PICKET_OK);
    assert_memory_equal(&first, &again, sizeof first);
  }
}

static void model_bytes_at_any_multiple_of_8_give_the_same_bits(void **state) {
  (void)state;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    guarded memory = guard_new(g->size + 64);
    for (size_t offset = 8; offset < 64; offset += 8) {
      picket_model moved;
      memcpy(memory.start + offset, g->bytes, g->size);
      assert_int_equal(picket_open(&moved, memory.start + offset, g->size, NULL), PICKET_OK);
      for (size_t i = 0; i < g->records; i += 5) {
        picket_result a, b;
        if (g->want[i].status != PICKET_OK) continue;
        assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &a),
                         PICKET_OK);
        assert_int_equal(picket_score(&moved, record_at(g, i), scratch, sizeof scratch, &b),
                         PICKET_OK);
        assert_memory_equal(&a, &b, sizeof a);
      }
    }
    guard_free(&memory);
  }
}

/* Scores a record that must be refused: the result stays as it was, whatever pointers are null. */
static int32_t refused(const picket_model *model, const float *record, void *memory, size_t size) {
  picket_result result, before;
  memset(&result, 0xA5, sizeof result);
  before = result;
  int32_t status = picket_score(model, record, memory, size, &result);
  assert_memory_equal(&result, &before, sizeof result);
  return status;
}

static void a_record_that_is_not_finite_is_refused(void **state) {
  (void)state;
  const float bad[] = {NAN, -NAN, INFINITY, -INFINITY};
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    float record[PICKET_MAX_FIELDS];
    if (!g->native) continue;
    for (size_t field = 0; field < g->fields; field++)
      for (size_t b = 0; b < COUNT(bad); b++) {
        memcpy(record, record_at(g, 0), g->fields * sizeof *record);
        record[field] = bad[b];
        expect(refused(&g->model, record, scratch, sizeof scratch) == PICKET_E_NOT_FINITE,
               "%s, field %zu, %g", g->name, field, bad[b]);
      }
  }
}

static void a_symbolic_value_that_is_no_category_is_refused(void **state) {
  (void)state;
  const float bad[] = {0.5f,     -0.5f,   -0.999f,      -1.001f, -2,       1e30f,   -1e30f,
                       1.0001f,  FLT_MAX, -FLT_MAX,     FLT_MIN, 2048,     65536,   16777216,
                       8388608,  8388607, 4294967296.0f, 2147483648.0f, -2147483648.0f, 1e-45f};
  size_t symbolic = 0;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    float record[PICKET_MAX_FIELDS];
    if (!g->native) continue;
    for (size_t i = 0; i < g->fields; i++) {
      picket_field field;
      assert_int_equal(picket_field_info(&g->model, i, &field), PICKET_OK);
      if (field.kind != PICKET_SYMBOLIC) continue;
      symbolic++;
      memcpy(record, record_at(g, 0), g->fields * sizeof *record);
      for (size_t b = 0; b < COUNT(bad); b++) {
        record[i] = bad[b];
        expect(refused(&g->model, record, scratch, sizeof scratch) == PICKET_E_CATEGORY,
               "%s, field %zu, %.9g", g->name, i, bad[b]);
      }
      record[i] = (float)field.category_count;
      expect(refused(&g->model, record, scratch, sizeof scratch) == PICKET_E_CATEGORY,
             "%s, field %zu, its category count", g->name, i);
      record[i] = (float)field.category_count - 0.5f;
      expect(refused(&g->model, record, scratch, sizeof scratch) == PICKET_E_CATEGORY,
             "%s, field %zu, between categories", g->name, i);
      picket_result a, b;
      record[i] = 0.0f;
      assert_int_equal(picket_score(&g->model, record, scratch, sizeof scratch, &a), PICKET_OK);
      record[i] = -0.0f; /* equal to 0, so it is the first category too */
      assert_int_equal(picket_score(&g->model, record, scratch, sizeof scratch, &b), PICKET_OK);
      assert_memory_equal(&a, &b, sizeof a);
    }
  }
  expect(symbolic > 0, "no golden model has a symbolic field");
}

static void exactly_the_stated_scratch_is_enough(void **state) {
  (void)state;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    size_t need = picket_scratch_size(&g->model), i = 0;
    picket_result first, result;
    expect(need > 0 && need <= PICKET_SCRATCH_MAX, "%s needs %zu", g->name, need);
    assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &first),
                     PICKET_OK);
    guarded memory = guard_new(need + 128);
    for (size_t size = 0; size < need; size += need < 4096 ? 1 : 97)
      assert_int_equal(refused(&g->model, record_at(g, i), memory.start, size), PICKET_E_SCRATCH);
    assert_int_equal(refused(&g->model, record_at(g, i), memory.start, need - 1), PICKET_E_SCRATCH);
    /* The page behind traps, and the bytes before must stay as they are; then the same from the
     * front, where the page before traps. */
    for (size_t offset = 0; offset < 64; offset++) {
      size_t before = (size_t)(memory.end - memory.start) - offset - need;
      unsigned char *at = memory.end - offset - need;
      memset(memory.start, 0xA5, (size_t)(memory.end - memory.start));
      assert_int_equal(picket_score(&g->model, record_at(g, i), at, need, &result), PICKET_OK);
      assert_memory_equal(&first, &result, sizeof result);
      for (size_t b = 0; b < before; b++)
        expect(memory.start[b] == 0xA5, "%s wrote %zu bytes before scratch", g->name, before - b);
      for (size_t b = 0; b < offset; b++)
        expect(memory.end[b - offset] == 0xA5, "%s wrote behind scratch", g->name);
      at = memory.start + offset;
      memset(memory.start, 0xA5, (size_t)(memory.end - memory.start));
      assert_int_equal(picket_score(&g->model, record_at(g, i), at, need, &result), PICKET_OK);
      assert_memory_equal(&first, &result, sizeof result);
      for (unsigned char *b = memory.start; b < memory.end; b++)
        if (b < at || b >= at + need)
          expect(*b == 0xA5, "%s wrote outside of scratch", g->name);
    }
    guard_free(&memory);
  }
}

/* Exact scratch whose end is the end of the last readable page, with random records. */
static void scratch_before_a_page_without_access_is_never_left(void **state) {
  (void)state;
  uint64_t random = 7;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    size_t need = picket_scratch_size(&g->model);
    guarded memory = guard_new(need), input = guard_new(g->fields * sizeof(float));
    float *record = (float *)(void *)input.end - g->fields;
    for (int round = 0; round < 100; round++) {
      picket_result result;
      random_record(&g->model, &random, record);
      int32_t status = picket_score(&g->model, record, memory.end - need, need, &result);
      int may_overflow = strcmp(g->name, "overflow") == 0 || strncmp(g->name, "nan-", 4) == 0;
      expect(status == PICKET_OK || (status == PICKET_E_OVERFLOW && may_overflow), "%s: %d",
             g->name, (int)status);
    }
    guard_free(&memory);
    guard_free(&input);
  }
}

static void a_size_beyond_the_signed_range_is_large(void **state) {
  (void)state;
  golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "clamps");
  picket_result result;
  assert_int_equal(picket_score(&g->model, record_at(g, 0), scratch, SIZE_MAX, &result), PICKET_OK);
}

static void null_pointers_are_refused(void **state) {
  (void)state;
  golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "clamps");
  const float *record = record_at(g, 0);
  assert_int_equal(refused(NULL, record, scratch, sizeof scratch), PICKET_E_ARGUMENT);
  assert_int_equal(refused(&g->model, NULL, scratch, sizeof scratch), PICKET_E_ARGUMENT);
  assert_int_equal(refused(&g->model, record, NULL, sizeof scratch), PICKET_E_ARGUMENT);
  assert_int_equal(picket_score(&g->model, record, scratch, sizeof scratch, NULL),
                   PICKET_E_ARGUMENT);
}

static void an_overflowing_score_is_refused(void **state) {
  (void)state;
  if (is_big_endian()) return;
  golden *g = golden_named("overflow");
  size_t overflows = 0;
  for (size_t i = 0; i < g->records; i++) {
    if (g->want[i].status != PICKET_E_OVERFLOW) continue;
    assert_int_equal(refused(&g->model, record_at(g, i), scratch, sizeof scratch),
                     PICKET_E_OVERFLOW);
    overflows++;
  }
  assert_int_equal(overflows, 3);
}

static void any_legal_record_has_a_finite_score(void **state) {
  (void)state;
  uint64_t random = 8;
  for (size_t n = 0; n < golden_count; n++)
    for (int round = 0; goldens[n].native && round < 200; round++) exercise(&goldens[n].model, &random);
}

const struct CMUnitTest score_tests[] = {
    cmocka_unit_test(golden_scores_agree_with_the_oracle),
    cmocka_unit_test(p_value_and_beyond_flag_follow_from_the_score),
    cmocka_unit_test(p_values_of_random_records_follow_from_the_score),
    cmocka_unit_test(the_same_record_gives_the_same_bits),
    cmocka_unit_test(model_bytes_at_any_multiple_of_8_give_the_same_bits),
    cmocka_unit_test(a_record_that_is_not_finite_is_refused),
    cmocka_unit_test(a_symbolic_value_that_is_no_category_is_refused),
    cmocka_unit_test(exactly_the_stated_scratch_is_enough),
    cmocka_unit_test(scratch_before_a_page_without_access_is_never_left),
    cmocka_unit_test(a_size_beyond_the_signed_range_is_large),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(an_overflowing_score_is_refused),
    cmocka_unit_test(any_legal_record_has_a_finite_score),
};
const size_t score_count = COUNT(score_tests);
