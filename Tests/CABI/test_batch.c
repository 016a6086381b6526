#include "testing.h"

#include <math.h>
#include <stdlib.h>

static unsigned char scratch[PICKET_SCRATCH_MAX];

static golden *connections(void) {
  return golden_named(is_big_endian() ? "vae-kl-big-endian" : "vae-kl");
}

enum { MANY = 23 };

/* Scores MANY records, of which one may be bad, in scratch with room for some, and not a byte more; what
 * stands behind the records traps. */
static void compare_with_single_scores(golden *g, const float *records, size_t bad, size_t room) {
  size_t bytes = MANY * g->fields * sizeof *records, need = room * picket_scratch_size(&g->model);
  size_t scored = 99;
  guarded memory = guard_new(need), input = guard_new(bytes);
  float *copy = (float *)(void *)(input.end - bytes);
  memcpy(copy, records, bytes);
  if (bad < MANY) copy[bad * g->fields] = NAN;
  picket_result results[MANY], single, untouched;
  memset(results, 0xA5, sizeof results);
  untouched = results[0];
  assert_int_equal(picket_score_batch(&g->model, copy, g->fields, MANY, memory.end - need, need,
                                      results, &scored),
                   bad < MANY ? PICKET_E_NOT_FINITE : PICKET_OK);
  assert_int_equal(scored, bad);
  for (size_t i = 0; i < MANY; i++) {
    single = untouched;
    if (i < bad)
      assert_int_equal(picket_score(&g->model, copy + i * g->fields, scratch, sizeof scratch,
                                    &single), PICKET_OK);
    expect(memcmp(&single, &results[i], sizeof single) == 0, "%s, record %zu, room for %zu, bad %zu",
           g->name, i, room, bad);
  }
  guard_free(&memory);
  guard_free(&input);
}

/* In turn all records of a model that have a score, from one that is not the first. */
static void good_records(golden *g, float *records) {
  size_t i = g->records / 2, found = 0;
  for (size_t looked = 0; found < MANY; i = (i + 1) % g->records) {
    assert_true(found > 0 || looked++ < g->records);
    if (g->want[i].status != PICKET_OK) continue;
    memcpy(records + found++ * g->fields, record_at(g, i), g->fields * sizeof *records);
  }
}

static void a_batch_gives_the_bits_of_single_scores(void **state) {
  (void)state;
  const size_t places[] = {0, 3, 4, 7, 9, 16, MANY - 1}; /* of what scores four at a time: ends and insides */
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    float *records = malloc(MANY * g->fields * sizeof *records);
    assert_non_null(records);
    good_records(g, records);
    for (size_t room = 1; room <= 4; room *= 2) compare_with_single_scores(g, records, MANY, room);
    for (size_t i = 0; i < COUNT(places); i++) compare_with_single_scores(g, records, places[i], 2);
    free(records);
  }
}

static void records_stand_a_stride_apart(void **state) {
  (void)state;
  golden *g = connections();
  enum { STRIDE = 11, COUNT_ = 6 };
  /* Room for count records, the last without its stride's tail: what stands behind traps. */
  size_t floats = STRIDE * (COUNT_ - 1) + g->fields, scored;
  guarded memory = guard_new(floats * sizeof(float));
  float *records = (float *)(void *)memory.end - floats;
  picket_result results[COUNT_], single;
  for (size_t i = 0; i < floats; i++) records[i] = NAN;
  for (size_t i = 0; i < COUNT_; i++)
    memcpy(records + i * STRIDE, record_at(g, i), g->fields * sizeof *records);
  assert_int_equal(picket_score_batch(&g->model, records, STRIDE, COUNT_, scratch, sizeof scratch,
                                      results, &scored), PICKET_OK);
  assert_int_equal(scored, COUNT_);
  for (size_t i = 0; i < COUNT_; i++) {
    assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, sizeof scratch, &single),
                     PICKET_OK);
    assert_memory_equal(&single, &results[i], sizeof single);
  }
  guard_free(&memory);
}

static void a_batch_stops_at_the_record_that_is_refused(void **state) {
  (void)state;
  golden *g = connections();
  enum { FEW = 8 };
  float records[FEW * 5];
  const struct {
    float value;
    size_t field;
    int32_t status;
  } faults[] = {{NAN, 0, PICKET_E_NOT_FINITE}, {0.5f, 1, PICKET_E_CATEGORY}};
  assert_int_equal(g->fields, 5);
  for (size_t f = 0; f < COUNT(faults); f++)
    for (size_t bad = 0; bad < FEW; bad++) {
      picket_result results[FEW], before;
      size_t scored = 99;
      memset(results, 0xA5, sizeof results);
      before = results[0];
      memcpy(records, g->record, sizeof records);
      records[bad * 5 + faults[f].field] = faults[f].value;
      assert_int_equal(picket_score_batch(&g->model, records, 5, FEW, scratch, sizeof scratch,
                                          results, &scored), faults[f].status);
      assert_int_equal(scored, bad);
      for (size_t i = 0; i < FEW; i++)
        expect((memcmp(&results[i], &before, sizeof before) == 0) == (i >= bad),
               "result %zu when record %zu is refused", i, bad);
      if (bad + 1 < FEW) { /* "Skip it and call again for the rest." */
        assert_int_equal(picket_score_batch(&g->model, records + (bad + 1) * 5, 5, FEW - bad - 1,
                                            scratch, sizeof scratch, results + bad + 1, &scored),
                         PICKET_OK);
        assert_int_equal(scored, FEW - bad - 1);
      }
    }
}

static void an_overflow_stops_a_batch(void **state) {
  (void)state;
  if (is_big_endian()) return;
  golden *g = golden_named("overflow");
  picket_result results[16];
  size_t scored = 99, good = 0;
  while (g->want[good].status == PICKET_OK) good++;
  assert_true(good > 0 && good < g->records && g->records <= COUNT(results));
  assert_int_equal(picket_score_batch(&g->model, g->record, 1, g->records, scratch, sizeof scratch,
                                      results, &scored), PICKET_E_OVERFLOW);
  assert_int_equal(scored, good);
}

static void an_empty_batch_succeeds(void **state) {
  (void)state;
  golden *g = connections();
  picket_result result, before;
  size_t scored = 99;
  memset(&result, 0xA5, sizeof result);
  before = result;
  assert_int_equal(picket_score_batch(&g->model, g->record, g->fields, 0, scratch, sizeof scratch,
                                      &result, &scored), PICKET_OK);
  assert_int_equal(scored, 0);
  assert_memory_equal(&result, &before, sizeof result);
}

static void a_batch_with_wrong_arguments_leaves_everything_as_it_was(void **state) {
  (void)state;
  golden *g = connections();
  picket_result result, before;
  memset(&result, 0xA5, sizeof result);
  before = result;
  size_t scored = 99, fields = g->fields, need = picket_scratch_size(&g->model), size = need;
  const picket_model *model = &g->model;
  const float *records = g->record;
#define BATCH(model, records, stride, scratch, size, results, scored) \
  picket_score_batch(model, records, stride, 1, scratch, size, results, scored)
  assert_int_equal(BATCH(NULL, records, fields, scratch, size, &result, &scored), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, NULL, fields, scratch, size, &result, &scored), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, fields, NULL, size, &result, &scored), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, fields, scratch, size, NULL, &scored), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, fields, scratch, size, &result, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, fields - 1, scratch, size, &result, &scored),
                   PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, 0, scratch, size, &result, &scored), PICKET_E_ARGUMENT);
  assert_int_equal(BATCH(model, records, fields, scratch, need - 1, &result, &scored),
                   PICKET_E_SCRATCH);
  assert_int_equal(scored, 99);
  assert_memory_equal(&result, &before, sizeof result);
}

/* A count that no memory can hold cannot be valid, and must not be taken for a negative one that
 * needs nothing. */
static void a_count_beyond_all_memory_is_not_taken_for_none(void **state) {
  (void)state;
  golden *g = connections();
  picket_result result;
  size_t scored = 99;
  float record[5];
  memcpy(record, g->record, sizeof record);
  record[0] = NAN; /* refused at once, if it is looked at */
  int32_t status = picket_score_batch(&g->model, record, 5, SIZE_MAX, scratch, sizeof scratch,
                                      &result, &scored);
  expect(status == PICKET_E_ARGUMENT || (status == PICKET_E_NOT_FINITE && scored == 0),
         "status %d, %zu scored", (int)status, scored);
}

const struct CMUnitTest batch_tests[] = {
    cmocka_unit_test(a_batch_gives_the_bits_of_single_scores),
    cmocka_unit_test(records_stand_a_stride_apart),
    cmocka_unit_test(a_batch_stops_at_the_record_that_is_refused),
    cmocka_unit_test(an_overflow_stops_a_batch),
    cmocka_unit_test(an_empty_batch_succeeds),
    cmocka_unit_test(a_batch_with_wrong_arguments_leaves_everything_as_it_was),
    cmocka_unit_test(a_count_beyond_all_memory_is_not_taken_for_none),
};
const size_t batch_count = COUNT(batch_tests);
