/* The drift monitor's promises; its statistics are tested by simulation, in Swift. */
#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* The first golden model whose table has the points for a monitor. */
static const golden *monitored(picket_drift *drift) {
  for (size_t n = 0; n < golden_count; n++)
    if (goldens[n].native && picket_drift_init(drift, &goldens[n].model) == PICKET_OK)
      return &goldens[n];
  fail_msg("no golden model can be monitored");
  return NULL;
}

static picket_drift_figures report(const picket_drift *drift) {
  picket_drift_figures figures;
  assert_int_equal(picket_drift_report(drift, &figures), PICKET_OK);
  assert_true(isfinite(figures.records) && isfinite(figures.chi_square));
  assert_true(isfinite(figures.population_stability) && figures.population_stability >= 0);
  assert_true(figures.chi_square >= 0 && figures.p_value >= 0 && figures.p_value <= 1);
  assert_true(figures.degrees_of_freedom % 2 == 0);
  assert_in_range(figures.degrees_of_freedom, 2, 10);
  return figures;
}

static void every_table_gives_a_monitor_or_a_reason(void **state) {
  (void)state;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    picket_drift drift, before;
    memset(&drift, 5, sizeof drift);
    before = drift;
    int32_t status = picket_drift_init(&drift, &g->model);
    if (status == PICKET_OK) {
      picket_drift_figures figures = report(&drift);
      assert_true(figures.records == 0 && figures.p_value == 1 && figures.chi_square == 0);
    } else {
      assert_int_equal(status, PICKET_E_UNSUPPORTED);
      assert_memory_equal(&drift, &before, sizeof drift);
    }
  }
}

/* A monitor may be saved and sent away: none of its bytes comes from what the memory held before. */
static void a_monitor_holds_nothing_of_what_was_there(void **state) {
  (void)state;
  for (size_t n = 0; n < golden_count; n++) {
    picket_drift ones, zeros;
    if (!goldens[n].native) continue;
    memset(&ones, 0xFF, sizeof ones);
    memset(&zeros, 0, sizeof zeros);
    if (picket_drift_init(&ones, &goldens[n].model) != PICKET_OK) continue;
    assert_int_equal(picket_drift_init(&zeros, &goldens[n].model), PICKET_OK);
    assert_memory_equal(&ones, &zeros, sizeof ones);
  }
}

/* p = exp(-x) sum of x^j / j!, x = chi_square / 2: between "no difference" and "surely one". */
static void the_p_value_is_that_of_the_statistic(void **state) {
  (void)state;
  picket_drift drift;
  const golden *g = monitored(&drift);
  size_t between = 0;
  for (int round = 0; round < 300; round++) {
    uint64_t random = 12;
    assert_int_equal(picket_drift_reset(&drift), PICKET_OK);
    for (int i = 0; i < 400; i++) {
      float rate = random_between(&random, 0.01f, 0.99f), score = 0;
      if (picket_threshold(&g->model, rate, &score) != PICKET_OK) continue;
      if (i < round) score = FLT_MAX;
      assert_int_equal(picket_drift_add(&drift, score), PICKET_OK);
    }
    picket_drift_figures figures = report(&drift);
    double x = (double)figures.chi_square / 2, term = exp(-x), want = 0;
    for (unsigned j = 0; j < figures.degrees_of_freedom / 2; j++) {
      want += term;
      term *= x / (j + 1);
    }
    if (figures.p_value < 1 && figures.p_value > 0) {
      expect(fabs((double)figures.p_value - want) <= 1e-5 * want, "p %g, should be %g",
             (double)figures.p_value, want);
      between++;
    }
  }
  expect(between > 20, "%zu p-values between 0 and 1", between);
}

/* A bin that scores have left is no reason to say that there are too few. */
static void a_gross_drift_is_told_however_long_it_lasts(void **state) {
  (void)state;
  size_t told = 0;
  for (size_t n = 0; n < golden_count; n++) {
    picket_drift drift;
    if (!goldens[n].native || picket_drift_init(&drift, &goldens[n].model) != PICKET_OK) continue;
    int is_told = 0;
    for (int i = 1; i <= 1 << 15; i++) {
      assert_int_equal(picket_drift_add(&drift, FLT_MAX), PICKET_OK);
      if (i & (i - 1)) continue;
      float p = report(&drift).p_value;
      expect(!is_told || p < 1e-6f, "%s: p %g after %d records", goldens[n].name, (double)p, i);
      is_told |= p < 1e-6f;
    }
    told += (size_t)is_told;
  }
  expect(told > 3, "%zu models tell a drift", told);
}

static void scores_are_counted_one_by_one_and_as_results(void **state) {
  (void)state;
  picket_drift drift, other;
  monitored(&drift);
  other = drift;
  picket_result results[50];
  uint64_t random = 1;
  for (size_t i = 0; i < COUNT(results); i++) {
    results[i].score = random_between(&random, -10, 100);
    assert_int_equal(picket_drift_add(&drift, results[i].score), PICKET_OK);
  }
  assert_int_equal(picket_drift_add_results(&other, results, COUNT(results)), PICKET_OK);
  assert_memory_equal(&drift, &other, sizeof drift);
  assert_true(report(&drift).records == 50);
  assert_int_equal(picket_drift_add_results(&other, results, 0), PICKET_OK);
  assert_memory_equal(&drift, &other, sizeof drift);

  assert_int_equal(picket_drift_merge(&drift, &other), PICKET_OK);
  assert_true(report(&drift).records == 100);
  /* Of a doubled sample the shares are the same, and the evidence is more. */
  assert_true(report(&drift).chi_square >= report(&other).chi_square);
  assert_int_equal(picket_drift_merge(&drift, &drift), PICKET_OK);
  assert_true(report(&drift).records == 200);
  assert_int_equal(picket_drift_reset(&drift), PICKET_OK);
  assert_true(report(&drift).records == 0);
}

static void refusals_leave_everything_as_it_was(void **state) {
  (void)state;
  picket_drift drift, before, zeroed;
  const golden *g = monitored(&drift);
  assert_int_equal(picket_drift_add(&drift, 1), PICKET_OK);
  before = drift;
  memset(&zeroed, 0, sizeof zeroed);
  picket_model unopened;
  memset(&unopened, 0, sizeof unopened);
  picket_result results[3] = {{1, 1, 0}, {2, 1, 0}, {NAN, 1, 0}};
  picket_drift_figures figures, kept;
  memset(&figures, 3, sizeof figures);
  kept = figures;

  assert_int_equal(picket_drift_init(NULL, &g->model), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_init(&drift, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_init(&drift, &unopened), PICKET_E_MODEL);
  assert_int_equal(picket_drift_add(NULL, 1), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_add(&zeroed, 1), PICKET_E_ARGUMENT);
  const float special[] = {NAN, INFINITY, -INFINITY};
  for (size_t i = 0; i < COUNT(special); i++)
    assert_int_equal(picket_drift_add(&drift, special[i]), PICKET_E_NOT_FINITE);
  assert_int_equal(picket_drift_add_results(NULL, results, 2), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_add_results(&drift, NULL, 2), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_add_results(&drift, results, SIZE_MAX), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_add_results(&zeroed, results, 2), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_add_results(&drift, results, 3), PICKET_E_NOT_FINITE);
  assert_int_equal(picket_drift_merge(NULL, &drift), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_merge(&drift, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_merge(&zeroed, &drift), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_merge(&drift, &zeroed), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_reset(NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_reset(&zeroed), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_report(NULL, &figures), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_report(&drift, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_drift_report(&zeroed, &figures), PICKET_E_ARGUMENT);
  /* A monitor of another model does not fit. */
  for (size_t n = 0; n < golden_count; n++) {
    picket_drift other;
    if (&goldens[n] == g || !goldens[n].native) continue;
    if (picket_drift_init(&other, &goldens[n].model) != PICKET_OK) continue;
    assert_int_equal(picket_drift_merge(&drift, &other), PICKET_E_ARGUMENT);
  }
  assert_memory_equal(&drift, &before, sizeof drift);
  assert_memory_equal(&figures, &kept, sizeof figures);
}

/* Doubling a count 33 times takes it past its end: it must stay there and not begin anew. */
static void counts_stay_at_their_end(void **state) {
  (void)state;
  picket_drift drift;
  monitored(&drift);
  const float scores[] = {-FLT_MAX, FLT_MAX};
  for (size_t i = 0; i < COUNT(scores); i++)
    assert_int_equal(picket_drift_add(&drift, scores[i]), PICKET_OK);
  float before = 0;
  for (int i = 0; i < 40; i++) {
    assert_int_equal(picket_drift_merge(&drift, &drift), PICKET_OK);
    picket_drift_figures figures = report(&drift);
    assert_true(figures.records >= before);
    before = figures.records;
  }
  assert_true(before == 2 * 4294967296.0f);
  assert_int_equal(picket_drift_add(&drift, FLT_MAX), PICKET_OK);
  assert_true(report(&drift).records == before);
}

/* A monitor holds no pointer: it may be copied, and used when the model is gone. */
static void a_monitor_outlives_its_model(void **state) {
  (void)state;
  picket_drift drift, copy;
  const golden *g = monitored(&drift);
  unsigned char *bytes = copy_of(g, 0);
  picket_model model;
  assert_int_equal(picket_open(&model, bytes, g->size, NULL), PICKET_OK);
  assert_int_equal(picket_drift_init(&copy, &model), PICKET_OK);
  free(bytes);
  memset(&model, 0xEE, sizeof model);
  for (int i = -50; i < 50; i++) {
    assert_int_equal(picket_drift_add(&drift, (float)i), PICKET_OK);
    assert_int_equal(picket_drift_add(&copy, (float)i), PICKET_OK);
  }
  picket_drift_figures a = report(&drift), b = report(&copy);
  assert_memory_equal(&a, &b, sizeof a);
}

const struct CMUnitTest drift_tests[] = {
    cmocka_unit_test(every_table_gives_a_monitor_or_a_reason),
    cmocka_unit_test(a_monitor_holds_nothing_of_what_was_there),
    cmocka_unit_test(the_p_value_is_that_of_the_statistic),
    cmocka_unit_test(a_gross_drift_is_told_however_long_it_lasts),
    cmocka_unit_test(scores_are_counted_one_by_one_and_as_results),
    cmocka_unit_test(refusals_leave_everything_as_it_was),
    cmocka_unit_test(counts_stay_at_their_end),
    cmocka_unit_test(a_monitor_outlives_its_model),
};
const size_t drift_count = COUNT(drift_tests);
