/* picket_explain: what it promises of any model; that its numbers are right is tested in Swift. */
#include "testing.h"

#include <math.h>
#include <stdlib.h>

static unsigned char scratch[PICKET_EXPLAIN_SCRATCH_MAX];
static const float untouched = 12345.0f;

/* A word of a model file, in the byte order of this machine. */
static uint32_t word_at(const unsigned char *bytes, size_t at) {
  uint32_t word;
  memcpy(&word, bytes + at, sizeof word);
  return word;
}

/* A golden model with a section *typical*. */
static unsigned char *with_typical(const golden *g, const float *typical, size_t count,
                                   size_t *size) {
  *size = size_with_typical(g->size, count);
  unsigned char *bytes = copy_of(g, *size - g->size);
  assert_true(add_typical(bytes, g->size, typical, count));
  return bytes;
}

static uint32_t score_kind(const picket_model *model) {
  picket_info info;
  assert_int_equal(picket_model_info(model, &info), PICKET_OK);
  return info.score_kind;
}

/* Whether a score is explained by comparison with a typical record. */
static int is_compared(uint32_t kind) {
  return kind == PICKET_SCORE_MAHALANOBIS || kind == PICKET_SCORE_OUTPUT;
}

/* Whether with_typical can be used: a native file of nine sections. */
static int is_plain(const golden *g) {
  return g->native && word_at(g->bytes, 32) == 9;
}

/* A distance or an output that is computed in integers has no explanation. */
static void refuse_integers(const golden *g, const picket_model *model) {
  static unsigned char memory[PICKET_EXPLAIN_SCRATCH_MAX];
  float contributions[PICKET_MAX_FIELDS];
  size_t first = 0;
  while (first < g->records && g->want[first].status != PICKET_OK) first++;
  if (first == g->records) return;
  contributions[0] = 7;
  assert_int_equal(picket_explain(model, record_at(g, first), memory, sizeof memory,
                                  contributions, NULL),
                   PICKET_E_UNSUPPORTED);
  assert_true(contributions[0] == 7);
}

/* Each model, with its first accepted record as the typical one if it is compared with one. */
static void for_each_model(void (*look)(const golden *g, const picket_model *model)) {
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!is_plain(g)) continue;
    size_t size, first = 0;
    while (first < g->records && g->want[first].status != PICKET_OK) first++;
    if (first == g->records) continue;
    float typical[PICKET_MAX_FIELDS];
    memcpy(typical, record_at(g, first), g->fields * sizeof *typical);
    for (size_t i = 0; i < g->fields; i++) {
      picket_field field;
      assert_int_equal(picket_field_info(&g->model, i, &field), PICKET_OK);
      if (field.kind == PICKET_SYMBOLIC && typical[i] < 0) typical[i] = 0;
    }
    unsigned char *bytes = with_typical(g, typical, g->fields, &size);
    picket_model model;
    uint32_t check = 0;
    int32_t status = picket_open(&model, bytes, size, &check);
    expect(status == PICKET_OK, "%s: %d, check %u", g->name, (int)status, check);
    picket_info info;
    assert_int_equal(picket_model_info(&model, &info), PICKET_OK);
    if (is_compared(info.score_kind) &&
        (info.element_types & 1u << PICKET_INT8_INTEGER))
      refuse_integers(g, &model);
    else
      look(g, &model);
    free(bytes);
  }
}

static size_t explained, overflowed;

static void look_at_the_score(const golden *g, const picket_model *model) {
  size_t need = picket_explain_scratch_size(model);
  assert_in_range(need, 1, PICKET_EXPLAIN_SCRATCH_MAX);
  guarded memory = guard_new(need);
  guarded output = guard_new(g->fields * sizeof(float));
  float *contributions = (float *)(void *)(output.end - g->fields * sizeof(float));
  for (size_t i = 0; i < g->records; i++) {
    picket_result result, scored;
    memset(&scored, 0, sizeof scored);
    result = scored;
    int32_t wanted = picket_score(model, record_at(g, i), scratch, sizeof scratch, &scored);
    for (size_t k = 0; k < g->fields; k++) contributions[k] = untouched;
    memset(memory.end - need, 0xFF, need); /* no numbers: what is read before it is written shows */
    int32_t status =
        picket_explain(model, record_at(g, i), memory.end - need, need, contributions, &result);
    /* Contributions may overflow where the score does not: models made for that do. */
    int overflows = wanted == PICKET_OK && status == PICKET_E_OVERFLOW;
    expect(status == wanted || overflows, "%s, record %zu: %d, score %d", g->name, i, (int)status,
           (int)wanted);
    if (status == PICKET_OK) explained++;
    if (overflows) overflowed++, memset(&scored, 0, sizeof scored);
    expect(memcmp(&result, &scored, sizeof result) == 0, "%s, record %zu", g->name, i);
    double sum = 0;
    for (size_t k = 0; k < g->fields; k++) {
      if (status != PICKET_OK) assert_true(contributions[k] == untouched);
      else assert_true(isfinite(contributions[k]));
      sum += (double)contributions[k];
    }
    if (status == PICKET_OK && score_kind(model) == PICKET_SCORE_RECONSTRUCTION)
      expect(fabs(sum - (double)scored.score) <= 1e-5 * fabs(sum), "%s: %g of %g", g->name, sum,
             (double)scored.score);
    /* Without a result, and with scratch anywhere, the same bits. */
    float again[PICKET_MAX_FIELDS];
    if (status == PICKET_OK) {
      memset(scratch + 3, 0, need);
      assert_int_equal(
          picket_explain(model, record_at(g, i), scratch + 3, need, again, NULL), PICKET_OK);
      assert_memory_equal(again, contributions, g->fields * sizeof *again);
    }
  }
  guard_free(&memory);
  guard_free(&output);
}

static void an_explanation_has_the_bits_of_the_score(void **state) {
  (void)state;
  for_each_model(look_at_the_score);
  print_message("%zu explained, %zu overflowed\n", explained, overflowed);
  assert_true(explained > 100 && overflowed < explained / 20);
}

static void look_at_refusals(const golden *g, const picket_model *model) {
  float contributions[PICKET_MAX_FIELDS], record[PICKET_MAX_FIELDS];
  picket_result result, before;
  memset(&result, 7, sizeof result);
  before = result;
  for (size_t i = 0; i < g->fields; i++) contributions[i] = untouched;
  size_t need = picket_explain_scratch_size(model), good = 0;
  while (g->want[good].status != PICKET_OK) good++;
  memcpy(record, record_at(g, good), g->fields * sizeof *record);
  picket_model zeroed;
  memset(&zeroed, 0, sizeof zeroed);
#define REFUSES(want, ...)                                                                \
  do {                                                                                    \
    assert_int_equal(picket_explain(__VA_ARGS__), want);                                  \
    assert_memory_equal(&result, &before, sizeof result);                                 \
    for (size_t k = 0; k < g->fields; k++) assert_true(contributions[k] == untouched);    \
  } while (0)
  REFUSES(PICKET_E_ARGUMENT, NULL, record, scratch, need, contributions, &result);
  REFUSES(PICKET_E_ARGUMENT, model, NULL, scratch, need, contributions, &result);
  REFUSES(PICKET_E_ARGUMENT, model, record, NULL, need, contributions, &result);
  REFUSES(PICKET_E_ARGUMENT, model, record, scratch, need, NULL, &result);
  REFUSES(PICKET_E_MODEL, &zeroed, record, scratch, need, contributions, &result);
  REFUSES(PICKET_E_SCRATCH, model, record, scratch, need - 1, contributions, &result);
  REFUSES(PICKET_E_SCRATCH, model, record, scratch, 0, contributions, &result);
  for (size_t i = 0; i < g->fields; i++) {
    float kept = record[i];
    picket_field field;
    assert_int_equal(picket_field_info(model, i, &field), PICKET_OK);
    record[i] = NAN;
    REFUSES(PICKET_E_NOT_FINITE, model, record, scratch, need, contributions, &result);
    if (field.kind == PICKET_SYMBOLIC) {
      record[i] = 0.5f;
      REFUSES(PICKET_E_CATEGORY, model, record, scratch, need, contributions, &result);
      record[i] = (float)field.category_count;
      REFUSES(PICKET_E_CATEGORY, model, record, scratch, need, contributions, &result);
    }
    record[i] = kept;
  }
  assert_int_equal(picket_explain_scratch_size(NULL), 0);
  assert_int_equal(picket_explain_scratch_size(&zeroed), 0);
}

static void a_refused_explanation_leaves_everything_as_it_was(void **state) {
  (void)state;
  for_each_model(look_at_refusals);
}

/* The typical value itself contributes nothing; an input far away does. */
static void look_at_the_typical_record(const golden *g, const picket_model *model) {
  if (!is_compared(score_kind(model))) return;
  size_t first = 0;
  while (g->want[first].status != PICKET_OK) first++;
  float record[PICKET_MAX_FIELDS], contributions[PICKET_MAX_FIELDS];
  memcpy(record, record_at(g, first), g->fields * sizeof *record);
  int has_unknown = 0;
  for (size_t i = 0; i < g->fields; i++) {
    picket_field field;
    assert_int_equal(picket_field_info(model, i, &field), PICKET_OK);
    has_unknown |= field.kind == PICKET_SYMBOLIC && record[i] < 0;
  }
  if (has_unknown) return;
  assert_int_equal(
      picket_explain(model, record, scratch, sizeof scratch, contributions, NULL), PICKET_OK);
  for (size_t i = 0; i < g->fields; i++) assert_true(contributions[i] == 0);
}

static void a_typical_value_contributes_nothing(void **state) {
  (void)state;
  for_each_model(look_at_the_typical_record);
}

/* The golden model one-quantile is 0.5 + 2 q(x): its gradient is exact. */
static void an_output_is_explained_by_its_gradient(void **state) {
  (void)state;
  golden *g = golden_named("one-quantile");
  const float typical[] = {0}, values[] = {-3, -1.5f, 0, 2, 4.25f, 5, 3e38f};
  const float wanted[] = {-0.5f, -0.25f, 0, 0.5f, 1.25f, 1.5f, 1.5f}; /* 2 (q(x) - 0.25) */
  size_t size;
  unsigned char *bytes = with_typical(g, typical, 1, &size);
  picket_model model;
  assert_int_equal(picket_open(&model, bytes, size, NULL), PICKET_OK);
  for (size_t i = 0; i < COUNT(values); i++) {
    float contribution = untouched;
    assert_int_equal(
        picket_explain(&model, &values[i], scratch, sizeof scratch, &contribution, NULL),
        PICKET_OK);
    expect(contribution == wanted[i], "q(%g): %g", (double)values[i], (double)contribution);
  }
  free(bytes);
}

static void a_distance_without_a_typical_record_is_not_explained(void **state) {
  (void)state;
  size_t seen = 0;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native || !is_compared(score_kind(&g->model))) continue;
    float contributions[PICKET_MAX_FIELDS];
    contributions[0] = untouched;
    assert_int_equal(picket_explain(&g->model, record_at(g, 0), scratch, sizeof scratch,
                                    contributions, NULL),
                     PICKET_E_UNSUPPORTED);
    assert_true(contributions[0] == untouched);
    seen++;
  }
  assert_true(seen > 0);
}

/* Reader checks 57 and 58. */
static void a_typical_record_that_is_none_is_refused(void **state) {
  (void)state;
  size_t symbolic_seen = 0;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!is_plain(g)) continue;
    float typical[PICKET_MAX_FIELDS + 1] = {0};
    /* Every field of a small model; of an image, whose file is read for each, some. */
    const size_t step = g->fields > 64 ? g->fields / 8 : 1;
    for (size_t i = 0; i < g->fields; i += step) {
      picket_field field;
      assert_int_equal(picket_field_info(&g->model, i, &field), PICKET_OK);
      const float bad[] = {NAN, INFINITY, -INFINITY, -1, 0.5f, (float)field.category_count, 1e30f};
      for (size_t b = 0; b < COUNT(bad); b++) {
        int is_bad = !isfinite(bad[b]) || field.kind == PICKET_SYMBOLIC;
        typical[i] = bad[b];
        size_t size;
        unsigned char *bytes = with_typical(g, typical, g->fields, &size);
        picket_model model;
        uint32_t check = 0;
        int32_t status = picket_open(&model, bytes, size, &check);
        expect(status == (is_bad ? PICKET_E_FEATURES : PICKET_OK) && check == (is_bad ? 58u : 0u),
               "%s, field %zu = %g: %d, check %u", g->name, i, (double)bad[b], (int)status, check);
        free(bytes);
        symbolic_seen += field.kind == PICKET_SYMBOLIC;
      }
      typical[i] = 0;
    }
    const size_t counts[] = {0, g->fields - 1, g->fields + 1};
    for (size_t c = 0; c < COUNT(counts); c++) {
      size_t size;
      unsigned char *bytes = with_typical(g, typical, counts[c], &size);
      picket_model model;
      uint32_t check = 0;
      assert_int_equal(picket_open(&model, bytes, size, &check), PICKET_E_FEATURES);
      assert_int_equal(check, 57);
      free(bytes);
    }
  }
  assert_true(symbolic_seen > 0);
}

const struct CMUnitTest explain_tests[] = {
    cmocka_unit_test(an_explanation_has_the_bits_of_the_score),
    cmocka_unit_test(a_refused_explanation_leaves_everything_as_it_was),
    cmocka_unit_test(a_typical_value_contributes_nothing),
    cmocka_unit_test(an_output_is_explained_by_its_gradient),
    cmocka_unit_test(a_distance_without_a_typical_record_is_not_explained),
    cmocka_unit_test(a_typical_record_that_is_none_is_refused),
};
const size_t explain_count = COUNT(explain_tests);
