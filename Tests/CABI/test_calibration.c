#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static float p_of(const golden *g, float score) {
  float p = -1;
  assert_int_equal(picket_p_value(&g->model, score, &p), PICKET_OK);
  return p;
}

static float smallest_budget(const golden *g) {
  picket_info info;
  assert_int_equal(picket_model_info(&g->model, &info), PICKET_OK);
  return info.smallest_budget;
}

/* NAME.calibration.csv: answers computed in float64. */
static void p_values_and_thresholds_are_those_of_the_table(void **state) {
  (void)state;
  size_t questions = 0;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    char file[80], *line;
    size_t size;
    strcpy(stpcpy(file, g->name), ".calibration.csv");
    char *text = (char *)read_file(g->folder, file, 0, &size), *at = text;
    assert_non_null(text);
    next_line(&at);
    while ((line = next_line(&at))) {
      char *cells[3];
      assert_int_equal(split(line, cells, 3), 3);
      float where = strtof(cells[1], NULL), got = 0;
      double want = strtod(cells[2], NULL);
      int is_p = strcmp(cells[0], "p_value") == 0;
      int32_t status = is_p ? picket_p_value(&g->model, where, &got)
                            : picket_threshold(&g->model, where, &got);
      expect(status == PICKET_OK, "%s: %s of %s: status %d", g->name, cells[0], cells[1],
             (int)status);
      int near = fabs(got - want) <= 2e-6 * fmax(fabs(want), is_p ? 0 : 1e-3);
      /* Where the table is flat, scores far apart share a p-value but for its last rounding, and
       * the threshold is the first of them. */
      if (!is_p) near |= fabsf(p_of(g, got) - p_of(g, (float)want)) <= 1.2e-7f * where;
      expect(near,
             "%s: %s of %s is %.9g, should be %s", g->name, cells[0], cells[1], got, cells[2]);
      questions++;
    }
    free(text);
  }
  expect(questions > 20, "%zu questions", questions);
}

static void p_values_never_rise_with_the_score(void **state) {
  (void)state;
  uint64_t random = 9;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    float top, bottom = smallest_budget(g);
    assert_int_equal(picket_threshold(&g->model, bottom, &top), PICKET_OK);
    float reach = fabsf(top); /* a score may be negative */
    for (int round = 0; round < 5000; round++) {
      float a = random_between(&random, top - 1.25f * reach, top + 0.25f * reach), b = a;
      if (round % 2 == 0)
        b = nextafterf(a, INFINITY); /* neighbours: no step backward by rounding */
      else
        b = random_between(&random, a, top + 0.5f * reach);
      float p_a = p_of(g, a), p_b = p_of(g, b);
      expect(p_a >= p_b, "%s: p(%.9g) = %.9g, p(%.9g) = %.9g", g->name, a, p_a, b, p_b);
      expect(p_a <= 1 && p_b >= bottom && p_b > 0, "%s: p(%.9g) = %.9g", g->name, b, p_b);
    }
    assert_true(p_of(g, top) == bottom);
    assert_true(p_of(g, nextafterf(top, INFINITY)) == bottom);
    assert_true(p_of(g, FLT_MAX) == bottom);
    assert_true(p_of(g, -FLT_MAX) == 1);
  }
}

static void a_threshold_spends_the_budget_and_no_more(void **state) {
  (void)state;
  uint64_t random = 10;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    float smallest = smallest_budget(g), above = INFINITY, rate_above = 0;
    for (int round = 0; round < 2000; round++) {
      float rate = round == 0 ? smallest : random_between(&random, smallest, 0.999999f);
      float threshold = -77;
      assert_int_equal(picket_threshold(&g->model, rate, &threshold), PICKET_OK);
      expect(isfinite(threshold), "%s: threshold(%.9g) = %g", g->name, rate, threshold);
      /* At the threshold p is the rate, but for the rounding of the threshold itself. */
      float after = threshold + 4 * (nextafterf(fabsf(threshold), INFINITY) - fabsf(threshold));
      float p = p_of(g, after);
      expect(p <= rate * (1 + 1e-6f), "%s: p(threshold(%.9g)) = %.9g", g->name, rate, p);
      /* Anything clearly below the threshold would spend more than the rate. */
      float step = fmaxf(fabsf(threshold) * 1e-4f, 1e-6f);
      expect(p_of(g, threshold - step) > rate * (1 - 1e-5f), "%s: threshold(%.9g) = %.9g is not tight",
             g->name, rate, threshold);
      if (round > 0 && rate > rate_above)
        expect(threshold <= above, "%s: a larger budget has a higher threshold", g->name);
      above = threshold;
      rate_above = rate;
    }
  }
}

/* "Alarm when score >= threshold, which is when the score's p-value is not above rate": to the bit,
 * for rates that are p-values of scores too, where many scores in a row share one. */
static void a_score_alarms_exactly_if_its_p_value_is_within_the_rate(void **state) {
  (void)state;
  uint64_t random = 11;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native) continue;
    float smallest = smallest_budget(g), top;
    assert_int_equal(picket_threshold(&g->model, smallest, &top), PICKET_OK);
    for (int round = 0; round < 2000; round++) {
      float score = random_between(&random, 0, top), threshold;
      float rate = p_of(g, score);
      if (round % 4 == 0) rate = random_between(&random, smallest, 0.999999f);
      if (rate >= 1) continue;
      assert_int_equal(picket_threshold(&g->model, rate, &threshold), PICKET_OK);
      expect(p_of(g, threshold) <= rate, "%s: p(threshold(%.9g)) is above it", g->name, rate);
      expect(p_of(g, nextafterf(threshold, -INFINITY)) > rate,
             "%s: threshold(%.9g) = %.9g, and the score below alarms too", g->name, rate, threshold);
      if (round % 4 != 0)
        expect(score >= threshold, "%s: %.9g has p %.9g, the threshold there is %.9g", g->name,
               score, rate, threshold);
    }
  }
}

/* The halves of 0 and of the smallest number are alike. */
static void points_too_near_to_halve_are_told_apart(void **state) {
  (void)state;
  const float least = 1e-45f, scores[] = {0, least};
  size_t told = 0;
  for (size_t n = 0; n < golden_count; n++) {
    const golden *g = &goldens[n];
    uint32_t offset, size;
    float tails[2], threshold, p;
    if (!g->native) continue;
    unsigned char *bytes = copy_of(g, 0);
    memcpy(&offset, bytes + 64 + 7 * 16 + 4, sizeof offset);
    memcpy(&size, bytes + 64 + 7 * 16 + 8, sizeof size);
    for (size_t i = 0; i < 2; i++) {
      memcpy(bytes + offset + 4 * i, &scores[i], sizeof scores[i]);
      memcpy(&tails[i], bytes + offset + size / 2 + 4 * i, sizeof tails[i]);
    }
    sign_model(bytes, g->size);
    picket_model model;
    if (picket_open(&model, bytes, g->size, NULL) == PICKET_OK) {
      told++;
      assert_int_equal(picket_p_value(&model, 0, &p), PICKET_OK);
      expect(p == tails[0], "%s: p(0) is %g, not %g", g->name, p, tails[0]);
      assert_int_equal(picket_p_value(&model, least, &p), PICKET_OK);
      expect(p == tails[1], "%s: p of the smallest number is %g, not %g", g->name, p, tails[1]);
      assert_int_equal(picket_threshold(&model, nextafterf(tails[0], 0), &threshold), PICKET_OK);
      expect(threshold == least, "%s: a threshold of %g", g->name, threshold);
    }
    free(bytes);
  }
  assert_true(told > 10);
}

static void a_rate_out_of_range_is_refused(void **state) {
  (void)state;
  const float bad[] = {NAN, 0, -0.0f, -0.5f, -INFINITY, 1, 1.0000001f, 2, INFINITY};
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    float threshold = 77;
    if (!g->native) continue;
    for (size_t i = 0; i < COUNT(bad); i++)
      expect(picket_threshold(&g->model, bad[i], &threshold) == PICKET_E_ARGUMENT, "%g", bad[i]);
    float smallest = smallest_budget(g);
    assert_int_equal(picket_threshold(&g->model, nextafterf(smallest, 0), &threshold),
                     PICKET_E_BUDGET);
    assert_int_equal(picket_threshold(&g->model, FLT_MIN, &threshold), PICKET_E_BUDGET);
    assert_int_equal(picket_threshold(&g->model, 1e-45f, &threshold), PICKET_E_BUDGET);
    assert_true(threshold == 77);
    assert_int_equal(picket_threshold(&g->model, smallest, &threshold), PICKET_OK);
    assert_true(threshold != 77);
  }
}

static void a_score_that_is_not_finite_has_no_p_value(void **state) {
  (void)state;
  const float bad[] = {NAN, -NAN, INFINITY, -INFINITY};
  golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "vae-kl");
  float p = 77;
  for (size_t i = 0; i < COUNT(bad); i++)
    assert_int_equal(picket_p_value(&g->model, bad[i], &p), PICKET_E_ARGUMENT);
  assert_true(p == 77);
}

static void null_pointers_are_refused(void **state) {
  (void)state;
  golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "vae-kl");
  float value = 77;
  assert_int_equal(picket_p_value(NULL, 1, &value), PICKET_E_ARGUMENT);
  assert_int_equal(picket_p_value(&g->model, 1, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_threshold(NULL, 0.5f, &value), PICKET_E_ARGUMENT);
  assert_int_equal(picket_threshold(&g->model, 0.5f, NULL), PICKET_E_ARGUMENT);
  assert_true(value == 77);
}

const struct CMUnitTest calibration_tests[] = {
    cmocka_unit_test(p_values_and_thresholds_are_those_of_the_table),
    cmocka_unit_test(p_values_never_rise_with_the_score),
    cmocka_unit_test(a_threshold_spends_the_budget_and_no_more),
    cmocka_unit_test(a_score_alarms_exactly_if_its_p_value_is_within_the_rate),
    cmocka_unit_test(points_too_near_to_halve_are_told_apart),
    cmocka_unit_test(a_rate_out_of_range_is_refused),
    cmocka_unit_test(a_score_that_is_not_finite_has_no_p_value),
    cmocka_unit_test(null_pointers_are_refused),
};
const size_t calibration_count = COUNT(calibration_tests);
